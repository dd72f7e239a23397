package dev.parley.local.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a PostgreSQL server is run, beside what all local ones have in common.
 *
 * @param settings server settings by their names (PostgreSQL documentation, "Server Configuration"); they go before what
 *     its own configuration files say
 * @param startTimeout how long it may take until it takes connections, over 0; recovery is part of it
 */
public record PostgresOptions(Map<String, String> settings, Duration startTimeout) {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    public PostgresOptions {
        settings = Map.copyOf(settings);
        if (!startTimeout.isPositive()) {
            throw new IllegalArgumentException("A start needs time: " + startTimeout);
        }
    }

    /** A server that nothing follows: it writes the least log. */
    public static PostgresOptions alone() {
        return new PostgresOptions(Map.of("wal_level", "minimal", "max_wal_senders", "0"), START_TIMEOUT);
    }

    /** A server of which base backups and streaming replicas can be made; also what is restored from such a backup. */
    public static PostgresOptions replicated() {
        return new PostgresOptions(
                Map.of("wal_level", "replica", "max_wal_senders", "5", "max_replication_slots", "5"), START_TIMEOUT);
    }

    /**
     * As this, with every piece of the log copied into an archive when it is full, or when so much time has passed since
     * the last and something was written. What is not there yet when the server is lost cannot be restored from it.
     *
     * @param archive an absolute folder that the server may write to ({@link WalArchive#create})
     * @param interval 1 s or more, in whole seconds
     */
    public PostgresOptions withArchive(WalArchive archive, Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("The archive's interval is 1 s or more, not " + interval);
        }
        return with("archive_mode", "on")
                .with("archive_command", archive.command())
                .with("archive_timeout", interval.toSeconds() + "s");
    }

    /** As this, with one setting that differs. */
    public PostgresOptions with(String name, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(name, value);
        return new PostgresOptions(changed, startTimeout);
    }

    /** As this, with another time to start. */
    public PostgresOptions withStartTimeout(Duration timeout) {
        return new PostgresOptions(settings, timeout);
    }

    /** A path as a word of a shell command that is itself a server setting, where the percent sign has a meaning. */
    static String shellWord(Path path) {
        return "'" + path.toString().replace("'", "'\\''").replace("%", "%%") + "'";
    }
}
