package dev.parley.local.load;

import dev.parley.local.DatabaseAccess;
import dev.parley.local.client.RestClient;
import dev.parley.local.command.ParleyProcess;
import dev.parley.local.region.RegionProcess;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.local.store.PostgresOptions;
import dev.parley.local.store.ReplicaOptions;
import dev.parley.local.store.StreamingReplica;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two whole Regions, as a deployment of phase {@code enterprise} has them: the home with the database, the second one with a
 * replica of it, and users of both in one guild. Clients reach a Region by an address that can be given to the other one, as the
 * name of a Region's records can be. Nothing of it outlives this JVM. One thread at a time, but for {@link #close}.
 */
final class RegionStage implements AutoCloseable {

    /** As in the cloud. */
    private static final Map<String, String> SETTINGS = Map.of(Setting.DATABASE_TIMEOUT.variable(), "3s");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread atExit = Thread.ofPlatform().unstarted(this::end);
    private final Path folder;
    private final Waiting waiting;
    private final LocalPostgres primary;
    private final SwitchedAddress link;
    private final StreamingReplica replica;
    private final Side home;
    private final Side second;
    private boolean ended;
    private boolean kept;

    /**
     * A Region and its users.
     *
     * @param address where its users' clients look for it
     * @param town its users alone, and the guild of all
     */
    record Side(RegionProcess region, SwitchedAddress address, Town town) {

        RestClient rest() {
            return new RestClient("http://127.0.0.1:" + address.port());
        }

        String gatewayUrl() {
            return "ws://127.0.0.1:" + address.port() + "/gateway";
        }
    }

    private RegionStage(Path folder, int usersEach, Waiting waiting) throws InterruptedException {
        this.folder = folder;
        this.waiting = waiting;
        // Ctrl-C.
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            BinaryCache cache = BinaryCache.ofUser();
            primary = waiting.step(
                    "starting the database",
                    () -> keep(LocalPostgres.start(
                            folder.resolve("home").resolve("postgres"), cache, PostgresOptions.replicated())));
            int queues = ParleyProcess.freePort();
            int otherQueues = ParleyProcess.freePort();
            DatabaseAccess database = DatabaseAccess.of(primary);
            RegionProcess first =
                    keep(new RegionProcess(folder.resolve("home"), true, queues, otherQueues, database, SETTINGS));
            waiting.step("starting the home Region", first::start);
            link = keep(new SwitchedAddress(primary.port()));
            replica = waiting.step(
                    "making the replica in the second Region",
                    () -> keep(StreamingReplica.of(
                            primary,
                            folder.resolve("second").resolve("postgres"),
                            cache,
                            ReplicaOptions.asynchronous("second").withPort(link.port()))));
            RegionProcess other =
                    keep(new RegionProcess(folder.resolve("second"), false, otherQueues, queues, database, SETTINGS));
            waiting.step("starting the second Region", other::start);
            Town town = waiting.step(
                    "registering " + 2 * usersEach + " users",
                    () -> Town.build(new RestClient(first.baseUrl()), 2 * usersEach, 1, 1));
            home = new Side(first, keep(new SwitchedAddress(first.port())), part(town, 0, usersEach));
            second = new Side(other, keep(new SwitchedAddress(other.port())), part(town, usersEach, 2 * usersEach));
        } catch (RuntimeException | AssertionError | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all of it; takes up to a minute.
     *
     * @param usersEach users of each Region, 1 or more
     * @param waiting says which step it is at
     */
    static RegionStage start(int usersEach, Waiting waiting) throws InterruptedException {
        try {
            return new RegionStage(Files.createTempDirectory("parley-drill-"), usersEach, waiting);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Side home() {
        return home;
    }

    Side second() {
        return second;
    }

    LocalPostgres primary() {
        return primary;
    }

    StreamingReplica replica() {
        return replica;
    }

    /** From now on the replica gets nothing from its primary. */
    void cutReplica() {
        link.cut();
    }

    /** Ends all that is in the home Region without a warning, the database as well, and takes away its disks. */
    void loseHome() throws InterruptedException {
        primary.kill();
        home.region().kill();
        delete(folder.resolve("home"));
    }

    /** The same for the second Region, and the replica. */
    void loseSecond() throws InterruptedException {
        replica.server().kill();
        second.region().kill();
        delete(folder.resolve("second"));
    }

    /** Makes the replica the database; gives it when it takes writes. */
    LocalPostgres promote(Duration longest) {
        return replica.promote(longest);
    }

    /**
     * Makes the second Region the home, with a database of its own, as a deployment with {@code home=second} does: it is started
     * again, which a deployment would not do to its connections. Its Redis has what it had.
     */
    void makeSecondTheHome(LocalPostgres database) throws InterruptedException {
        second.region().use(DatabaseAccess.of(database));
        waiting.step("stopping the second Region", second.region()::stop);
        waiting.step("starting it as the home", () -> second.region().startAs(true));
    }

    /** Leaves data and logs where they are at the end. */
    void keepFiles() {
        kept = true;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook ends the stage
        }
        end();
    }

    private synchronized void end() {
        ended = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of the drill did not end", e);
            }
        }
        if (!kept) {
            delete(folder);
        }
    }

    private synchronized <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        if (ended) {
            end();
            throw new IllegalStateException("The drill was ended while it started");
        }
        return part;
    }

    /** Some of the users of a town, and all of its guilds. */
    private static Town part(Town town, int from, int to) {
        return new Town(
                town.users().subList(from, to), town.guilds(), town.guildsOf().subList(from, to));
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
