package dev.parley.infra.observability;

import java.util.Locale;

/**
 * A question to the logs that somebody asks in an incident, in the language of CloudWatch Logs Insights. Fields are those of
 * {@code ParleyLogLayout.json}, and Lambda's own lines in its text and in its JSON format. The function is in the name of the stream
 * where functions share a log group, and else in that of the group.
 */
enum SavedQuery {
    ERRORS_BY_FUNCTION("""
            # Which functions fail, and the id of one request of each.
            filter level = "ERROR" or fields.status >= 500 or @message like /Task timed out|platform.runtimeDone.*(error|timeout)/
            | parse @logStream "*/*/*/*[" as year, month, day, function
            | stats count(*) as failures, latest(span.request_id) as request_id, latest(message) as last_message, \
            latest(@timestamp) as last by @log, function
            | sort failures desc
            """),
    LATEST_ERRORS("""
            # What was logged as an error, with its stack trace.
            fields @timestamp, @log, span.request_id, span.user_id, message, error
            | filter level = "ERROR"
            | sort @timestamp desc
            | limit 100
            """),
    SLOW_REQUESTS("""
            # Where time is lost: by function and kind, the slowest first.
            filter ispresent(fields.duration_ms)
            | parse @logStream "*/*/*/*[" as year, month, day, function
            | stats count(*) as calls, pct(fields.duration_ms, 50) as p50_ms, pct(fields.duration_ms, 99) as p99_ms, \
            max(fields.duration_ms) as max_ms by @log, function, fields.method
            | sort p99_ms desc
            | limit 50
            """),
    ONE_REQUEST("""
            # Everything that has one request's id in it. Replace REQUEST_ID.
            fields @timestamp, @log, level, message, fields.status, fields.duration_ms, error
            | filter @message like /REQUEST_ID/
            | sort @timestamp asc
            """),
    ONE_USER("""
            # What one user did. Replace USER_ID.
            fields @timestamp, @log, span.request_id, fields.method, fields.path, fields.status, fields.duration_ms, message
            | filter span.user_id = "USER_ID"
            | sort @timestamp desc
            | limit 500
            """),
    ONE_CONNECTION("""
            # The frames of one gateway connection, and how it ended. Replace CONNECTION_ID.
            fields @timestamp, @log, fields.path, fields.status, fields.duration_ms, fields.close_code, message
            | filter span.connection_id = "CONNECTION_ID" or @message like /CONNECTION_ID/
            | sort @timestamp asc
            """),
    COLD_STARTS("""
            # Restores from snapshots and inits: how many, and how long they take.
            filter @message like /Restore Duration|restoreDurationMs|Init Duration|initDurationMs/
            | parse @logStream "*/*/*/*[" as year, month, day, function
            | parse @message /Restore Duration: (?<restore_text>[0-9.]+) ms/
            | parse @message /Init Duration: (?<init_text>[0-9.]+) ms/
            | fields coalesce(record.metrics.restoreDurationMs, restore_text) as restore_ms, \
            coalesce(record.metrics.initDurationMs, init_text) as init_ms
            | stats count(*) as starts, pct(restore_ms, 50) as restore_p50_ms, pct(restore_ms, 99) as restore_p99_ms, \
            max(init_ms) as init_max_ms by @log, function
            | sort starts desc
            """),
    UNDELIVERED("""
            # Frames and greetings that did not reach a client, and the answer that was given (GONE is 410).
            filter message like /the connection's answer was|got no HELLO/
            | parse message /(?:answer was|got no HELLO:) (?<answer>[A-Z_]+)/
            | stats count(*) as frames by answer, bin(1m)
            | sort @timestamp desc
            """),
    CLOSE_CODES("""
            # How connections end: 1000 by the client, 1001 idle or after 2 h, 1006 network, 1008 throttled, 1009 too large.
            filter ispresent(fields.close_code)
            | stats count(*) as connections by fields.close_code, bin(5m)
            """),
    SWEEPS("""
            # What the sweeper found and did, minute by minute.
            filter message = "Sessions swept"
            | stats sum(fields.inspected) as inspected, sum(fields.missed_heartbeats) as missed_heartbeats, \
            sum(fields.silent) as silent, sum(fields.not_reading) as not_reading, sum(fields.taken_up) as taken_up, \
            sum(fields.ended) as ended by bin(1m)
            """),
    RETRIED_BATCHES("""
            # Events that the fan-out gives back to the queue, and why.
            fields @timestamp, @log, span.request_id, message, error
            | filter message like /are tried again/ or fields.failed > 0
            | sort @timestamp desc
            | limit 100
            """);

    private final String text;

    SavedQuery(String text) {
        this.text = text.strip();
    }

    /** What the query is called, after the deployment's name and a slash, which the console shows as a folder. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The query. */
    String text() {
        return text;
    }
}
