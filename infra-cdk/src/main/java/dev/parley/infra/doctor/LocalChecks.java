package dev.parley.infra.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this machine needs, which nobody has to be asked for over a network. */
public final class LocalChecks {

    /** What {@code ./parley up} listens on unless it is told otherwise. */
    private static final int PORT = 3000;

    private static final long MEGABYTE = 1_000_000;

    /** The build, and then the JVM of {@code up} with PostgreSQL and Redis; the containers of an emulated deployment. */
    private static final long MEMORY = 2_000;

    private static final long EMULATOR_MEMORY = 12_000;

    /** Libraries (0.5 GB), what is built (0.3 GB), and a database; with the clients and browsers of the tests. */
    private static final long DISK = 2_000;

    private static final long TESTS_DISK = 5_000;

    /** A server that begins, with its libraries and pools; a drill with 10,000 sessions. */
    private static final long FILES = 1_024;

    private static final long DRILL_FILES = 20_000;

    /** What Maven's plugins of the build ask for. */
    private static final Version MAVEN = Version.of(3, 6, 3);

    /** The launcher's own bound; older ones are no longer maintained. */
    private static final Version NODE = Version.of(20);

    /** The first with {@code k6/websockets}. */
    private static final Version K6 = Version.of(1);

    private static final Version ANY = Version.of(0);

    private final Programs programs;
    private final Path folder;

    /**
     * Checks for a machine.
     *
     * @param environment its variables
     * @param folder Parley's own, where {@code parley} is
     */
    public LocalChecks(Map<String, String> environment, Path folder) {
        this.programs = new Programs(environment);
        this.folder = folder;
    }

    /** All of them, in the order in which people need the things. */
    public List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(new JdkCheck(Runtime.version(), Path.of(System.getProperty("java.home"))));
        checks.add(maven());
        checks.add(new MachineCheck(
                "memory",
                () -> system().getTotalMemorySize() / MEGABYTE,
                "MB",
                MEMORY,
                EMULATOR_MEMORY,
                "./parley up: 2 GB; ./parley deploy --local and its tests: 12 GB",
                "Close other programs, or give the virtual machine more."));
        checks.add(new MachineCheck(
                "free disk",
                this::freeDisk,
                "MB",
                DISK,
                TESTS_DISK,
                "./parley up: 2 GB; ./parley test: 5 GB",
                "Make room where this folder is."));
        checks.add(new MachineCheck(
                "open files",
                LocalChecks::openFiles,
                "",
                FILES,
                DRILL_FILES,
                "./parley up: 1,024; load and drills with 10,000 sessions: 20,000",
                "ulimit -n 20000, or a higher hard limit in /etc/security/limits.conf"));
        checks.add(new PortCheck(PORT));
        checks.add(program(
                "Node.js",
                List.of("node"),
                List.of("--version"),
                NODE,
                "the cloud's commands (CDK), ./parley up --demo, ./parley test",
                "Get version 22 or newer from https://nodejs.org"));
        checks.add(program(
                "k6",
                List.of("k6"),
                List.of("version"),
                K6,
                "./parley load",
                "go install go.k6.io/k6@latest, or https://grafana.com/docs/k6"));
        checks.add(program(
                "PgBouncer",
                List.of("pgbouncer"),
                List.of("--version"),
                ANY,
                "./parley up --pooler, tests with transaction pooling",
                "apt-get install pgbouncer, or brew install pgbouncer"));
        checks.add(docker());
        checks.add(chromium());
        checks.add(discordPy());
        checks.add(program(
                "AWS CLI",
                List.of("aws"),
                List.of("--version"),
                ANY,
                "the runbooks' commands; nothing that ./parley does itself",
                "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"));
        return checks;
    }

    /** A system that is built needs none until something of it is changed. */
    private Check maven() {
        boolean built = Files.exists(folder.resolve("localstack/target/built"));
        return new ProgramCheck(
                programs,
                "Maven",
                List.of("mvn"),
                List.of("--version"),
                MAVEN,
                built ? "building again after a change, ./parley test" : "./parley up, which is not built yet",
                "https://maven.apache.org/install.html, apt-get install maven, or brew install maven",
                "mvn --version fails; run it to see why.",
                !built);
    }

    private Check docker() {
        return new ProgramCheck(
                programs,
                "Docker engine",
                List.of("docker"),
                List.of("version", "--format", "{{.Server.Version}}"),
                ANY,
                "./parley deploy --local (docs/emulator.md), tests with the tag docker",
                "https://docs.docker.com/engine/install",
                "docker is installed, but no engine answers: start it, or see what docker version says.",
                false);
    }

    private Check chromium() {
        return program(
                "Chromium",
                programs.variable("PARLEY_CHROMIUM")
                        .map(List::of)
                        .orElse(List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")),
                List.of("--version"),
                ANY,
                "browser tests (Playwright)",
                "apt-get install chromium, or name a browser in PARLEY_CHROMIUM");
    }

    private Check discordPy() {
        String install =
                "pip install -r localstack/src/test/python/requirements.txt, into the environment of python3 or of"
                        + " what PARLEY_PYTHON names";
        return new ProgramCheck(
                programs,
                "discord.py",
                List.of(programs.variable("PARLEY_PYTHON").orElse("python3")),
                List.of("-c", "import discord; print(discord.__version__)"),
                Version.of(2),
                "tests with discord.py",
                install,
                install,
                false);
    }

    private ProgramCheck program(
            String name,
            List<String> commands,
            List<String> arguments,
            Version minimum,
            String needed,
            String install) {
        return new ProgramCheck(
                programs,
                name,
                commands,
                arguments,
                minimum,
                needed,
                install,
                "It is there but does not say its version; run " + commands.getFirst() + " "
                        + String.join(" ", arguments) + " to see why.",
                false);
    }

    private long freeDisk() {
        try {
            return Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    /** What a JVM can have: it raises its soft limit to the hard one when it starts. */
    private static long openFiles() {
        return Optional.of(system())
                .filter(UnixOperatingSystemMXBean.class::isInstance)
                .map(UnixOperatingSystemMXBean.class::cast)
                .map(UnixOperatingSystemMXBean::getMaxFileDescriptorCount)
                .orElse(Long.MAX_VALUE);
    }
}
