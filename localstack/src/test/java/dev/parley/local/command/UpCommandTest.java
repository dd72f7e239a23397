package dev.parley.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.RestClient;
import dev.parley.local.fault.FaultsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpCommandTest {

    @TempDir
    private Path folder;

    @Test
    void terminatingItStopsEverythingAndTheDataIsThereNextTime() throws Exception {
        // Given
        String port = Integer.toString(ParleyProcess.freePort());
        String data = folder.resolve("data").toString();
        String name;
        List<ProcessHandle> children;
        try (ParleyProcess parley =
                ParleyProcess.start("up", "--port", port, "--data", data).awaitReady()) {
            name = new People(new RestClient("http://localhost:" + port)).user().name();
            children = parley.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(2);

            // When
            parley.terminate();
            parley.awaitExit();
        }

        // Then
        awaitEnd(children);
        try (ParleyProcess _ =
                ParleyProcess.start("up", "--port", port, "--data", data).awaitReady()) {
            int status = new RestClient("http://localhost:" + port)
                    .post("/auth/login", null, Map.of("email", name + "@example.com", "password", "correct horse"))
                    .status();
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "setsid")
    void aSignalToItsWholeGroupStopsItAsFast() throws Exception {
        try (ParleyProcess parley =
                ParleyProcess.startInGroup("up", "--port", "0", "--ephemeral").awaitReady()) {
            List<ProcessHandle> children = parley.children();

            parley.terminateGroup();

            awaitEnd(children);
            parley.awaitExit();
        }
    }

    @Test
    void aSettingThatDiffersHoldsAndOneThatIsNoneIsRefused() throws Exception {
        try (ParleyProcess parley = ParleyProcess.start(
                                "up", "--port", "0", "--ephemeral", "--set", "PARLEY_HEARTBEAT_INTERVAL=7s")
                        .awaitReady();
                GatewayClient client = GatewayClient.connect(gatewayUrl(parley))) {
            assertThat(client.awaitOp(10).path("d").path("heartbeat_interval").asLong())
                    .isEqualTo(7_000);
        }
        try (ParleyProcess refused = ParleyProcess.start("up", "--ephemeral", "--set", "PARLEY_HEART=7s")) {
            refused.awaitExit();
            assertThat(refused.output()).contains("There is no setting PARLEY_HEART");
        }
    }

    private static String gatewayUrl(ParleyProcess parley) {
        String output = parley.output();
        return output.substring(output.indexOf("ws://")).lines().findFirst().orElseThrow();
    }

    @Test
    void aTakenPortIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ParleyProcess parley =
                        ParleyProcess.start("up", "--ephemeral", "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(parley.awaitExit()).isNotZero();
            assertThat(parley.output().strip())
                    .contains("Port " + taken.getLocalPort())
                    .hasLineCount(1);
        }
    }

    @Test
    void aSecondInstanceOnTheSameDataIsOneClearLine() throws Exception {
        String data = folder.resolve("data").toString();
        try (ParleyProcess _ =
                        ParleyProcess.start("up", "--port", "0", "--data", data).awaitReady();
                ParleyProcess second = ParleyProcess.start("up", "--port", "0", "--data", data)) {
            assertThat(second.awaitExit()).isNotZero();
            assertThat(second.output().strip()).contains("in use").hasLineCount(1);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsOneClearLine() throws IOException, InterruptedException {
        Path file = Files.createFile(folder.resolve("file"));
        try (ParleyProcess parley = ParleyProcess.start(
                "up", "--port", "0", "--data", file.resolve("data").toString())) {
            assertThat(parley.awaitExit()).isNotZero();
            assertThat(parley.output().strip()).hasLineCount(1);
        }
    }

    @Test
    void dataAndEphemeralExcludeEachOther() throws InterruptedException {
        try (ParleyProcess parley = ParleyProcess.start("up", "--ephemeral", "--data", folder.toString())) {
            assertThat(parley.awaitExit()).isEqualTo(2);
            assertThat(parley.output()).contains("exclude each other").contains("Usage:");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 404", "true, 200"})
    void thingsGoWrongOnRequestOnlyWithFaults(boolean faults, int status) throws Exception {
        int port = ParleyProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of("up", "--port", Integer.toString(port), "--ephemeral"));
        if (faults) {
            arguments.add("--faults");
        }
        try (ParleyProcess _ =
                ParleyProcess.start(arguments.toArray(String[]::new)).awaitReady()) {
            FaultsClient client = new FaultsClient("http://localhost:" + port);

            assertThat(client.send("GET", "").statusCode()).isEqualTo(status);
        }
    }

    @Test
    void theHelpNamesTheFaults() throws InterruptedException {
        try (ParleyProcess parley = ParleyProcess.start("up", "--help")) {
            assertThat(parley.awaitExit()).isZero();
            assertThat(parley.output()).contains("--faults").contains("docs/faults.md");
        }
    }

    private static void awaitEnd(List<ProcessHandle> children) throws Exception {
        CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS);
    }
}
