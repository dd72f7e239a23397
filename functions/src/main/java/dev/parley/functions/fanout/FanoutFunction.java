package dev.parley.functions.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Fanout.Received;
import dev.parley.fanout.Outbox;
import dev.parley.functions.ParleyFunction;
import dev.parley.protocol.Json;
import dev.parley.session.Place;
import dev.parley.telemetry.StructuredMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.slf4j.MDC;

/**
 * Delivers a batch of events from the queue. It reports what failed, item by item (Lambda developer guide, "Reporting batch
 * item failures for Lambda functions with an Amazon SQS trigger").
 */
public final class FanoutFunction extends ParleyFunction {

    private static final Logger log = LogManager.getLogger(FanoutFunction.class);

    public FanoutFunction() {
        this(Parley.fromEnvironment());
    }

    public FanoutFunction(Parley parley) {
        super(parley);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        long start = System.nanoTime();
        MDC.put("request_id", context.getAwsRequestId());
        List<Received> batch = new ArrayList<>();
        for (JsonNode record : Json.read(in, JsonNode.class).path("Records")) {
            batch.add(received(record));
        }
        List<String> failed = List.of();
        try {
            failed = parley.fanout().deliver(batch);
            ObjectNode answer = Json.object();
            ArrayNode failures = answer.putArray("batchItemFailures");
            failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
            out.write(Json.bytes(answer));
        } finally {
            log.info(new StructuredMessage("Batch processed")
                    .with("method", "SQS")
                    .with("path", "events")
                    .with("events", batch.size())
                    .with("failed", failed.size())
                    .with("status", failed.isEmpty() ? 200 : 500)
                    .with("duration_ms", (System.nanoTime() - start) / 1_000_000));
            MDC.clear();
        }
    }

    private static Received received(JsonNode record) {
        JsonNode attributes = record.path("attributes");
        return new Received(
                record.path("messageId").asText(),
                new Place(
                        attributes.path("MessageGroupId").asText(),
                        attributes.path("SequenceNumber").asText(),
                        record.path("messageAttributes").has(EventPublisher.REPUBLISHED)),
                Outbox.decode(record.path("body").asText()));
    }
}
