package dev.parley.catalog;

import java.time.Duration;
import java.util.List;

/** The schedules of the system. */
public final class Schedules {

    /** Publishes again what was stored but, after a crash, never reached the queue. */
    public static final ScheduleSpec REPUBLISH_OUTBOX = new ScheduleSpec(
            "republish-outbox",
            Duration.ofMinutes(1),
            FunctionSpec.of("fanout.RepublishOutboxFunction", 1024, Duration.ofSeconds(55)));

    /** Removes rows that have served: tokens and nonces that have ended. */
    public static final ScheduleSpec REMOVE_EXPIRED = new ScheduleSpec(
            "remove-expired",
            Duration.ofHours(1),
            FunctionSpec.of("operations.RemoveExpiredFunction", 1024, Duration.ofMinutes(1)));

    /** Removes files that no message has any more. */
    public static final ScheduleSpec REMOVE_FILES = new ScheduleSpec(
            "remove-files",
            Duration.ofHours(1),
            FunctionSpec.of("attachment.RemoveFilesFunction", 1024, Duration.ofMinutes(5))
                    .with(FileAccess.WRITE));

    /** Looks after sessions: dead connections, old ones, senders that stopped, resume windows that are over. */
    public static final ScheduleSpec SWEEP_SESSIONS = new ScheduleSpec(
            "sweep-sessions",
            Duration.ofMinutes(1),
            4,
            true,
            FunctionSpec.of("fanout.SweepSessionsFunction", 1024, Duration.ofSeconds(55)));

    /** Brings the index of messages up to date where nobody searches. */
    public static final ScheduleSpec INDEX_MESSAGES = new ScheduleSpec(
            "index-messages",
            Duration.ofMinutes(1),
            FunctionSpec.of("search.IndexMessagesFunction", 1024, Duration.ofSeconds(55)));

    /** Tells of threads that are archived because nothing happened in them. */
    public static final ScheduleSpec ARCHIVE_THREADS = new ScheduleSpec(
            "archive-threads",
            Duration.ofMinutes(1),
            FunctionSpec.of("thread.ArchiveThreadsFunction", 1024, Duration.ofSeconds(55)));

    private static final List<ScheduleSpec> ALL =
            List.of(REPUBLISH_OUTBOX, SWEEP_SESSIONS, REMOVE_EXPIRED, REMOVE_FILES, INDEX_MESSAGES, ARCHIVE_THREADS);

    private Schedules() {}

    public static List<ScheduleSpec> all() {
        return ALL;
    }
}
