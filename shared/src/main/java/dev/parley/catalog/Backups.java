package dev.parley.catalog;

import static dev.parley.catalog.BackupRule.Method.GIT;
import static dev.parley.catalog.BackupRule.Method.REPLICATION;
import static dev.parley.catalog.BackupRule.Method.SNAPSHOTS;
import static dev.parley.catalog.BackupRule.Method.SNAPSHOTS_AND_LOG;

import java.time.Duration;

/** What is backed up, and how: the requirements' table (scaling guide, section 10.1), row by row. */
public final class Backups {

    /** PostgreSQL: daily and continuous, 30 days. */
    public static final BackupRule DATABASE =
            new BackupRule(SNAPSHOTS_AND_LOG, Duration.ofDays(1), true, Duration.ofDays(30));

    /** Redis: hourly, 7 days. */
    public static final BackupRule CACHE = new BackupRule(SNAPSHOTS, Duration.ofHours(1), false, Duration.ofDays(7));

    /** Uploads: in real time, without an end. */
    public static final BackupRule FILES = new BackupRule(REPLICATION, null, true, null);

    /** Configuration: on change, without an end. It is in this repository, and nothing of it is only in an account. */
    public static final BackupRule CONFIGURATION = new BackupRule(GIT, null, true, null);

    private Backups() {}
}
