package dev.parley.local.emulator;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * An emulator of AWS with what {@code localstack/compose.yml} puts beside it: PostgreSQL and Valkey. Functions are containers that the
 * emulator starts in the same network.
 */
final class EmulatorContainers implements AutoCloseable {

    private static final int EMULATOR_PORT = 4566;
    private static final int POSTGRES_PORT = 5432;
    private static final int VALKEY_PORT = 6379;
    private static final String LOGIN = "parley";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final String ENGINE_SOCKET = "/var/run/docker.sock";

    private final DockerSetup setup;
    /** Null where containers share the machine's. */
    private final @Nullable Network network;

    private final GenericContainer<?> postgres;
    private final GenericContainer<?> valkey;
    private final GenericContainer<?> emulator;

    EmulatorContainers(DockerSetup setup) {
        this.setup = setup;
        network = setup.hostNetwork() ? null : Network.newNetwork();
        postgres = container(setup.postgres(), "postgres", POSTGRES_PORT)
                .withEnv("POSTGRES_USER", LOGIN)
                .withEnv("POSTGRES_PASSWORD", LOGIN)
                .withEnv("POSTGRES_DB", LOGIN);
        valkey = container(setup.valkey(), "valkey", VALKEY_PORT)
                .withCommand("valkey-server", "--cluster-enabled", "yes", "--save", "");
        emulator = container(setup.emulator(), "emulator", EMULATOR_PORT)
                .withFileSystemBind(
                        DockerClientFactory.instance().getRemoteDockerUnixSocketPath(),
                        ENGINE_SOCKET,
                        BindMode.READ_WRITE)
                .withEnv(setup.localStack() ? localStack() : floci());
    }

    /** Starts all of them, and waits until they answer. */
    void start() throws IOException, InterruptedException {
        postgres.start();
        valkey.start();
        valkey.execInContainer("valkey-cli", "cluster", "addslotsrange", "0", "16383");
        emulator.start();
    }

    /** Where this machine reaches the emulator. */
    URI endpoint() {
        return URI.create("http://" + (setup.hostNetwork() ? "127.0.0.1" : emulator.getHost()) + ":"
                + (setup.hostNetwork() ? EMULATOR_PORT : emulator.getMappedPort(EMULATOR_PORT)));
    }

    /** What a command of {@code ./parley} is told of them. */
    List<String> options() {
        return List.of(
                "--local",
                "--emulator",
                endpoint().toString(),
                "--emulator-inside",
                "http://" + inside("emulator") + ":" + EMULATOR_PORT,
                "--emulator-database",
                "jdbc:postgresql://" + inside("postgres") + ":" + POSTGRES_PORT + "/" + LOGIN,
                "--emulator-cache",
                "redis://" + inside("valkey") + ":" + VALKEY_PORT);
    }

    /** What the emulator has logged. */
    String log() {
        return emulator.getLogs();
    }

    @Override
    public void close() {
        emulator.stop();
        valkey.stop();
        postgres.stop();
        if (network != null) {
            network.close();
        }
    }

    private String inside(String name) {
        return setup.hostNetwork() ? "127.0.0.1" : name;
    }

    private Map<String, String> floci() {
        // Its poller asks queues once a second unless told otherwise.
        String poll = "FLOCI_SERVICES_LAMBDA_POLL_INTERVAL_MS";
        String networks = "FLOCI_SERVICES_DOCKER_NETWORK";
        return network == null
                ? Map.of(poll, "100", networks, "host", "FLOCI_SERVICES_LAMBDA_DOCKER_HOST_OVERRIDE", "127.0.0.1")
                : Map.of(poll, "100", networks, network.getId());
    }

    private Map<String, String> localStack() {
        return Map.of(
                "LOCALSTACK_AUTH_TOKEN",
                setup.token(),
                "LAMBDA_DOCKER_NETWORK",
                network == null ? "host" : network.getId());
    }

    private GenericContainer<?> container(String image, String name, int port) {
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(image)).withStartupTimeout(START_TIMEOUT);
        if (network == null) {
            // Nothing is mapped there, so that what listens is looked for by its log.
            return container.withNetworkMode("host").waitingFor(started(name));
        }
        return container
                .withNetwork(network)
                .withNetworkAliases(name)
                .withExposedPorts(port)
                .waitingFor(started(name));
    }

    private WaitStrategy started(String name) {
        WaitStrategy strategy = switch (name) {
            // The official image starts the server twice, the first time to make the database.
            case "postgres" -> Wait.forLogMessage("(?s).*init process complete.*", 1);
            case "valkey" -> Wait.forLogMessage("(?s).*Ready to accept connections.*", 1);
            default ->
                setup.localStack()
                        ? Wait.forLogMessage("(?s).*Ready\\..*", 1)
                        : Wait.forLogMessage("(?s).*Listening on.*", 1);
        };
        return strategy.withStartupTimeout(START_TIMEOUT);
    }
}
