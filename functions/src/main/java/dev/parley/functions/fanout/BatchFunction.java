package dev.parley.functions.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.fanout.Event;
import dev.parley.functions.ParleyFunction;
import dev.parley.protocol.Json;
import dev.parley.session.Place;
import dev.parley.telemetry.StructuredMessage;
import dev.parley.telemetry.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A function that a queue feeds. It writes one log line a batch, and reports what failed, item by item (Lambda developer
 * guide, "Reporting batch item failures for Lambda functions with an Amazon SQS trigger").
 */
abstract class BatchFunction extends ParleyFunction {

    private static final Logger log = LogManager.getLogger(BatchFunction.class);

    private final String queue;

    /**
     * A function.
     *
     * @param queue what the log line calls the queue
     */
    BatchFunction(Parley parley, String queue) {
        super(parley);
        this.queue = queue;
    }

    /** Handles messages in their order; returns the ids of those that must come again. */
    abstract List<String> handle(List<JsonNode> records);

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Trace.within(trace(context), () -> run(in, out, context));
    }

    private void run(InputStream in, OutputStream out, Context context) throws IOException {
        long start = System.nanoTime();
        MDC.put("request_id", context.getAwsRequestId());
        describe(context.getFunctionName());
        List<JsonNode> records = new ArrayList<>();
        Json.read(in, JsonNode.class).path("Records").forEach(records::add);
        List<String> failed = List.of();
        int status = 500;
        try {
            failed = handle(records);
            ObjectNode answer = Json.object();
            ArrayNode failures = answer.putArray("batchItemFailures");
            failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
            out.write(Json.bytes(answer));
            status = failed.isEmpty() ? 200 : 500;
        } finally {
            log.info(new StructuredMessage("Batch processed")
                    .with("method", "SQS")
                    .with("path", queue)
                    .with("events", records.size())
                    .with("failed", failed.size())
                    .with("traces", traces(records))
                    .with("status", status)
                    .with("duration_ms", (System.nanoTime() - start) / 1_000_000));
            parley.meter().flush();
            MDC.clear();
        }
    }

    /** The tracing header that a message was sent with; null if there is none. */
    static @Nullable String trace(JsonNode record) {
        return record.path("attributes").path("AWSTraceHeader").textValue();
    }

    /** The traces whose messages are in a batch: Lambda begins one of its own for the batch, and links them. */
    private static String traces(List<JsonNode> records) {
        return records.stream()
                .map(record -> Trace.root(trace(record)))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
    }

    /**
     * Where an event stands in its group.
     *
     * @param repeated whether it was handed over before; a message that was received before may have been handled too
     */
    static Place place(JsonNode record, Event event, boolean repeated) {
        JsonNode attributes = record.path("attributes");
        return new Place(
                attributes.path("MessageGroupId").asText(),
                attributes.path("SequenceNumber").asText(),
                event.id().toString(),
                repeated || attributes.path("ApproximateReceiveCount").asInt(1) > 1);
    }
}
