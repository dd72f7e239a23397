package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The script that decides whether a deployment goes on. */
@ExtendWith(LocalCloudExtension.class)
class SmokeScriptTest {

    private static final int MINUTES = 2;

    private final Path output;

    SmokeScriptTest(@TempDir Path directory) {
        output = directory.resolve("output");
    }

    @Test
    void passesOnASystemThatWorks(LocalCloud cloud) throws IOException, InterruptedException {
        // When
        int exitCode = smoke(cloud.baseUrl(), cloud.gatewayUrl());

        // Then
        assertThat(Files.readString(output)).contains("resume: ok", "The system works.");
        assertThat(exitCode).isZero();
    }

    @Test
    void failsWithAReasonWhereTheGatewayDoesNotAnswer(LocalCloud cloud) throws IOException, InterruptedException {
        // When
        int exitCode = smoke(cloud.baseUrl(), cloud.gatewayUrl().replaceFirst("/[^/]*$", "/nothing"));

        // Then
        assertThat(Files.readString(output)).contains("register: ok", "smoke test failed: The gateway");
        assertThat(exitCode).isEqualTo(1);
    }

    private int smoke(String api, String gateway) throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        "node", "--experimental-websocket", "--no-warnings", "../scripts/smoke.mjs", api, gateway)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!script.waitFor(MINUTES, TimeUnit.MINUTES)) {
            script.destroyForcibly();
            throw new AssertionError("The script did not end: " + Files.readString(output, StandardCharsets.UTF_8));
        }
        return script.exitValue();
    }
}
