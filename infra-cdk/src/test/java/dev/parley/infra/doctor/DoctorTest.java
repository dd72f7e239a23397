package dev.parley.infra.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

    private static final Path PACKAGE = Path.of("src/main/java/dev/parley/infra/doctor");

    @TempDir
    private Path folder;

    @Test
    void itRunsFromItsSourceWithNoLibraryAndNoProgramOnThePath() throws Exception {
        // When
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PACKAGE.resolve("UnbuiltDoctor.java").toAbsolutePath().toString(),
                        "--json")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        JsonNode report = new ObjectMapper().readTree(process.getInputStream());

        // Then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(report.path("checks").findValuesAsText("name"))
                .contains(
                        "JDK", "Maven", "memory", "free disk", "open files", "port 3000", "Node.js", "k6", "PgBouncer")
                .contains("Docker engine", "Chromium", "discord.py", "AWS CLI", "AWS");
        assertThat(process.exitValue()).isEqualTo(report.path("ready").asBoolean() ? 0 : 1);
    }

    @Test
    void whereNothingIsInstalledEachFindingSaysWhatForAndWhatToDo() throws Exception {
        // Given
        List<Check> checks =
                new LocalChecks(Map.of("PATH", folder.toString(), "HOME", folder.toString()), folder).all();

        // When
        DoctorReport report = new Doctor(checks, Duration.ofSeconds(20)).examine();

        // Then
        assertThat(report.findings())
                .filteredOn(one -> one.state() == State.MISSING)
                .extracting(Finding::name)
                .contains("Maven", "Node.js", "k6", "Docker engine", "Chromium", "discord.py", "AWS CLI");
        assertThat(report.findings())
                .filteredOn(one -> one.state() != State.OK)
                .allSatisfy(one -> assertThat(one.next()).isNotEmpty());
        assertThat(report.findings())
                .allSatisfy(one -> assertThat(one.neededFor()).isNotEmpty());
        assertThat(report.ready()).isFalse();
        assertThat(report.text(false)).contains("./parley up cannot work yet: Maven missing");
    }

    @ParameterizedTest
    @CsvSource({
        "echo v22.11.0, OK, 22.11.0",
        "echo v18.1.0, TOO_OLD, 18.1.0",
        "echo nothing, MISSING, ''",
        "exit 1, MISSING, ''",
        "echo noise 99.9.9 >&2; echo v20.0.1, OK, 20.0.1",
    })
    void aProgramHasTheVersionThatItSays(String script, State state, String found) throws Exception {
        // Given
        Path node = Files.writeString(folder.resolve("node"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwx------"));
        Check check = new LocalChecks(Map.of("PATH", folder.toString()), folder)
                .all().stream()
                        .filter(one -> one.name().equals("Node.js"))
                        .findFirst()
                        .orElseThrow();

        // When
        Finding finding = check.look().getFirst();

        // Then
        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.found()).isEqualTo(found);
        assertThat(finding.stops()).isFalse();
    }

    @Test
    void mavenIsNeededByTheFirstCommandOnlyUntilThatIsBuilt() throws Exception {
        Check maven = new LocalChecks(Map.of("PATH", ""), folder).all().get(1);
        assertThat(maven.look().getFirst().stops()).isTrue();

        Files.createDirectories(folder.resolve("localstack/target"));
        Files.createFile(folder.resolve("localstack/target/built"));

        Check built = new LocalChecks(Map.of("PATH", ""), folder).all().get(1);
        assertThat(built.look().getFirst())
                .extracting(Finding::state, Finding::stops)
                .containsExactly(State.MISSING, false);
    }

    @ParameterizedTest
    @CsvSource({"999, TOO_LITTLE, true", "1000, TOO_LITTLE, false", "4999, TOO_LITTLE, false", "5000, OK, false"})
    void tooLittleForSomeCommandStopsOnlyThatOne(long amount, State state, boolean stops) {
        Finding finding = new MachineCheck("memory", () -> amount, "MB", 1000, 5000, "", "Get more.")
                .look()
                .getFirst();

        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.stops()).isEqualTo(stops);
    }

    @Test
    void aPortIsFreeOrTakenOrThatOfARunningParley() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(new PortCheck(free).look().getFirst().state()).isEqualTo(State.OK);

        assertThat(answering("hello").state()).isEqualTo(State.TAKEN);
        assertThat(answering("parley_sessions 3").state()).isEqualTo(State.OK);
    }

    private static Finding answering(String body) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return new PortCheck(server.getAddress().getPort()).look().getFirst();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatDoesNotAnswerInTimeIsSaidAndTheRestIsThere() throws Exception {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        Check slow = new Fixed("slow", () -> {
            never.await();
            return List.of();
        });
        Check broken = new Fixed("broken", () -> {
            throw new IllegalStateException("no luck");
        });
        Check quick = new Fixed("quick", () -> List.of(new Finding("quick", State.OK, "\"1\"", "tests", "", true)));

        // When
        DoctorReport report = new Doctor(List.of(slow, broken, quick), Duration.ofMillis(300)).examine();

        // Then
        assertThat(report.findings())
                .extracting(Finding::name, Finding::state)
                .containsExactly(
                        tuple("slow", State.UNKNOWN), tuple("broken", State.UNKNOWN), tuple("quick", State.OK));
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.path("ready").asBoolean()).isTrue();
        assertThat(json.at("/checks/2/found").asText()).isEqualTo("\"1\"");
        assertThat(report.text(true)).contains("\033[32m");
        assertThat(report.text(false)).doesNotContain("\033");
    }

    private interface Looking {
        List<Finding> look() throws InterruptedException;
    }

    private record Fixed(String name, Looking looking) implements Check {

        @Override
        public String neededFor() {
            return "tests";
        }

        @Override
        public List<Finding> look() throws InterruptedException {
            return looking.look();
        }
    }
}
