package dev.parley.infra.cost;

import dev.parley.catalog.Queues;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.catalog.Schedules;

/**
 * What a usage has AWS do in a month, in the units that it bills.
 *
 * <p>How long functions run, how many bytes a log line has and how often a message asks the storage are assumptions, which are
 * the constants of this class; {@code docs/cost.md} names them. How many invocations, messages and requests something takes is how
 * Parley works.
 *
 * @param connections open at a time, on average
 * @param messagesPerSecond that are written, on average
 * @param deliveriesPerSecond frames to clients that a post each carries, on average
 * @param websocketMessages in and out, each for 32 KB or a part of them
 * @param heartbeats those of them that are heartbeats and their acknowledgements
 * @param connects connections that are opened
 * @param connectionMinutes of all connections together
 * @param httpRequests to the HTTP API
 * @param invocations of functions
 * @param gigabyteSeconds of functions
 * @param queueRequests to SQS
 * @param gigabytesOut to clients
 * @param logGigabytes of log lines, in which the metrics are
 * @param storageRequests of the database
 * @param newGigabytes that the database grows by
 */
public record Work(
        double connections,
        double messagesPerSecond,
        double deliveriesPerSecond,
        double websocketMessages,
        double heartbeats,
        double connects,
        double connectionMinutes,
        double httpRequests,
        double invocations,
        double gigabyteSeconds,
        double queueRequests,
        double gigabytesOut,
        double logGigabytes,
        double storageRequests,
        double newGigabytes) {

    /** API Gateway ends a connection after two hours (API Gateway quotas). */
    static final double LONGEST_CONNECTION_S = 7_200;

    /** API Gateway bills a WebSocket message by 32 KB. */
    static final int BILLED_FRAME_BYTES = 32 * 1024;

    /** Seconds that a function of a request runs; of an opcode; of a batch of events, and of each post more. */
    static final double REQUEST_S = 0.025;

    static final double OPCODE_S = 0.010;
    static final double BATCH_S = 0.020;
    static final double POST_S = 0.001;
    static final double SCHEDULE_S = 0.500;

    static final int LOG_LINE_BYTES = 700;
    static final int RESPONSE_BYTES = 1_500;
    static final double STORAGE_REQUESTS_A_MESSAGE = 8;
    static final double STORAGE_REQUESTS_A_REQUEST = 1;
    static final int STORED_BYTES_A_MESSAGE = 1_000;

    private static final double HOURS_A_DAY = 24;
    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double GIGABYTE = 1e9;
    private static final double REQUEST_GB = 1;
    private static final double BATCH_GB = Queues.EVENTS.consumer().memoryMb() / 1024.0;

    /** $connect, the greeting, op 2 or 6, and $disconnect. */
    private static final int INVOCATIONS_A_CONNECTION = 4;

    /** HELLO, op 6, and RESUMED. */
    private static final int MESSAGES_A_RESUME = 3;

    /** HELLO and op 2. */
    private static final int MESSAGES_A_LOGIN = 2;

    /** Send, receive, delete. */
    private static final int REQUESTS_AN_EVENT = 3;

    /** What a usage takes in a month of so many hours. */
    public static Work of(Usage usage, int hoursPerMonth) {
        double seconds = hoursPerMonth * SECONDS_AN_HOUR;
        double days = hoursPerMonth / HOURS_A_DAY;
        double connections = usage.users() * usage.online();
        double messages = usage.users() * usage.messages() * days;
        double events = messages * (1 + usage.sideEvents());
        double deliveries = messages * (usage.receivers() + usage.sideEvents() * usage.sideReceivers());
        double heartbeats = connections * seconds / usage.heartbeatSeconds();
        double logins = usage.users() * days;
        double resumes = connections * seconds / LONGEST_CONNECTION_S;
        double http = events + usage.users() * usage.requests() * days;
        double schedules = Schedules.all().stream()
                .mapToDouble(schedule -> runs(schedule, seconds))
                .sum();
        double opcodes = (usage.mockHeartbeats() ? 0 : heartbeats) + INVOCATIONS_A_CONNECTION * (logins + resumes);
        return new Work(
                connections,
                messages / seconds,
                deliveries / seconds,
                2 * heartbeats
                        + deliveries * frames(usage.eventBytes())
                        + MESSAGES_A_RESUME * resumes
                        + (MESSAGES_A_LOGIN + frames(usage.readyBytes())) * logins,
                2 * heartbeats,
                logins + resumes,
                connections * seconds / 60,
                http,
                http + opcodes + events + schedules,
                REQUEST_GB * (http * REQUEST_S + opcodes * OPCODE_S + schedules * SCHEDULE_S)
                        + BATCH_GB * (events * BATCH_S + deliveries * POST_S),
                events * REQUESTS_AN_EVENT,
                (deliveries * usage.eventBytes() + logins * usage.readyBytes() + http * RESPONSE_BYTES) / GIGABYTE,
                (http + opcodes + events + schedules) * LOG_LINE_BYTES / GIGABYTE,
                messages * STORAGE_REQUESTS_A_MESSAGE + http * STORAGE_REQUESTS_A_REQUEST,
                messages * STORED_BYTES_A_MESSAGE / GIGABYTE);
    }

    private static double runs(ScheduleSpec schedule, double seconds) {
        return seconds / schedule.rate().toSeconds() * schedule.slices();
    }

    private static int frames(int bytes) {
        return Math.ceilDiv(bytes, BILLED_FRAME_BYTES);
    }
}
