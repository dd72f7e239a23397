package dev.parley.local;

import dev.parley.local.store.LocalDatabaseOptions;
import dev.parley.settings.Setting;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the local cloud is started. Each {@code with} method gives options that differ in one thing.
 *
 * @param host address or name to listen on
 * @param port 0 for any free one
 * @param data the folder that keeps users and messages; null for one that is deleted at the end
 * @param isolated whether functions run in JVMs of their own, which have the machine's clock
 * @param settings settings that differ from the local ones, by the names of their environment variables
 * @param clock the time of the gateway, the queues, the schedules' events and the functions
 * @param faults whether things can be made to go wrong at {@code /_parley/faults}
 * @param relay whether messages with files that are too large for a function's event are taken all the same, by what
 *     uploads the files first as a client could; no deployment has this by itself (docs/adr/0007-uploads.md)
 * @param database what stands around PostgreSQL
 * @param scheduleSpeed how many times as often as in the cloud schedules run, so that what they mend is mended while
 *     somebody looks
 * @param databaseClusters how many database clusters there are, 1 to 4; all content is on the first one before it is moved
 * @param gateways how many processes hold clients' connections, 1 to 8: with 1 it is this process; with more each is a process
 *     of its own, which has the machine's clock
 * @param region which one of two Regions it is; null for a cloud that is the only one
 */
public record LocalCloudOptions(
        String host,
        int port,
        @Nullable Path data,
        boolean isolated,
        Map<String, String> settings,
        Clock clock,
        boolean faults,
        boolean relay,
        LocalDatabaseOptions database,
        int scheduleSpeed,
        int databaseClusters,
        int gateways,
        @Nullable LocalRegion region) {

    private static final int SCHEDULE_SPEED = 6;

    private static final int MOST_CLUSTERS = 4;

    /** Each has connections to PostgreSQL of its own. */
    private static final int MOST_GATEWAYS = 8;

    /**
     * @throws IllegalArgumentException if a database that others use as well is to fail on request, or to have further clusters,
     *     or these are not 1 to 4; if there are not 1 to 8 gateways, or there are several together with something that concerns
     *     one process alone
     */
    public LocalCloudOptions {
        settings = Map.copyOf(settings);
        if (faults && region != null) {
            throw new IllegalArgumentException("The faults of a cloud include its database, which a Region shares");
        }
        if (databaseClusters < 1 || databaseClusters > MOST_CLUSTERS) {
            throw new IllegalArgumentException(
                    "There are 1 to " + MOST_CLUSTERS + " database clusters, not " + databaseClusters);
        }
        if (gateways < 1 || gateways > MOST_GATEWAYS) {
            throw new IllegalArgumentException("There are 1 to " + MOST_GATEWAYS + " gateways, not " + gateways);
        }
        if (gateways > 1 && (isolated || faults || region != null)) {
            throw new IllegalArgumentException(
                    "Several gateways are for a cloud that is no Region of two, without faults and isolated functions");
        }
        if (gateways > 1 && settings.containsKey(Setting.MANAGEMENT_ENDPOINT.variable())) {
            throw new IllegalArgumentException(Setting.MANAGEMENT_ENDPOINT.variable()
                    + " is one endpoint, and each of several gateways has its own");
        }
        if (databaseClusters > 1 && region != null) {
            throw new IllegalArgumentException("Two local Regions share one database, which has no further clusters");
        }
    }

    /** A cloud on a free port that keeps nothing, has the machine's clock, and in which nothing goes wrong on request. */
    public static LocalCloudOptions ephemeral() {
        return new LocalCloudOptions(
                "127.0.0.1",
                0,
                null,
                false,
                Map.of(),
                Clock.systemUTC(),
                false,
                true,
                LocalDatabaseOptions.direct(),
                SCHEDULE_SPEED,
                1,
                1,
                null);
    }

    public LocalCloudOptions withListener(String address, int number) {
        return new LocalCloudOptions(
                address,
                number,
                data,
                isolated,
                settings,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withData(@Nullable Path folder) {
        return new LocalCloudOptions(
                host,
                port,
                folder,
                isolated,
                settings,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withIsolated(boolean inOwnJvms) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                inOwnJvms,
                settings,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withSettings(Map<String, String> changed) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                changed,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withClock(Clock time) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                time,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withFaults(boolean onRequest) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                onRequest,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withRelay(boolean largeFiles) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                faults,
                largeFiles,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withDatabase(LocalDatabaseOptions around) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                faults,
                relay,
                around,
                scheduleSpeed,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withScheduleSpeed(int times) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                faults,
                relay,
                database,
                times,
                databaseClusters,
                gateways,
                region);
    }

    public LocalCloudOptions withDatabaseClusters(int number) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                number,
                gateways,
                region);
    }

    public LocalCloudOptions withGateways(int number) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                number,
                region);
    }

    public LocalCloudOptions withRegion(LocalRegion oneOfTwo) {
        return new LocalCloudOptions(
                host,
                port,
                data,
                isolated,
                settings,
                clock,
                faults,
                relay,
                database,
                scheduleSpeed,
                databaseClusters,
                gateways,
                oneOfTwo);
    }
}
