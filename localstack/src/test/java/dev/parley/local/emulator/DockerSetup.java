package dev.parley.local.emulator;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/**
 * What the tests with containers are told of the machine, by system properties.
 *
 * @param emulator the emulator's image
 * @param token LocalStack's token; empty for an emulator that needs none
 * @param postgres the image of PostgreSQL 17
 * @param valkey the image of Valkey 8
 * @param runtime the image in which the emulator runs functions
 * @param hostNetwork whether containers share the machine's network, where the engine has no other
 */
record DockerSetup(String emulator, String token, String postgres, String valkey, String runtime, boolean hostNetwork) {

    /** The first of the images is large. */
    private static final long PULL_MINUTES = 10;

    /** What the properties {@code parley.docker.*} say, and the public images where they say nothing. */
    static DockerSetup read() {
        String token = System.getenv().getOrDefault("LOCALSTACK_AUTH_TOKEN", "");
        return new DockerSetup(
                property("emulator", token.isEmpty() ? "floci/floci:2.0.0" : "localstack/localstack:2026.6.1"),
                token,
                property("postgres", "postgres:17"),
                property("valkey", "valkey/valkey:8"),
                property("runtime", "public.ecr.aws/lambda/java:25"),
                property("network", "bridge").equals("host"));
    }

    /** Skips the test, with the word why, where there is no Docker engine, or an image can be neither found nor loaded. */
    void require() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            Assumptions.abort("skipped: no Docker engine answers (DOCKER_HOST says where one is)");
        }
        DockerClient client = DockerClientFactory.instance().client();
        for (String image : new String[] {emulator, postgres, valkey, runtime}) {
            require(client, image);
        }
    }

    boolean localStack() {
        return !token.isEmpty();
    }

    private static void require(DockerClient client, String image) {
        try {
            client.inspectImageCmd(image).exec();
        } catch (NotFoundException notHere) {
            String problem = pull(client, image);
            if (problem != null) {
                Assumptions.abort("skipped: the image " + image + " is not here and cannot be loaded: " + problem);
            }
        }
    }

    private static @Nullable String pull(DockerClient client, String image) {
        try (PullImageResultCallback pulling = new PullImageResultCallback()) {
            return client.pullImageCmd(image).exec(pulling).awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)
                    ? null
                    : "it took more than " + PULL_MINUTES + " minutes";
        } catch (DockerException | IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static String property(String name, String fallback) {
        return System.getProperty("parley.docker." + name, fallback);
    }
}
