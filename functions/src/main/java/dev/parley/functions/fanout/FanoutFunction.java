package dev.parley.functions.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Fanout.Received;
import dev.parley.fanout.Outbox;
import java.util.List;

/** Delivers events to the sessions that may see them. */
public final class FanoutFunction extends BatchFunction {

    public FanoutFunction() {
        this(Parley.fromEnvironment());
    }

    public FanoutFunction(Parley parley) {
        super(parley, "events");
    }

    @Override
    List<String> handle(List<JsonNode> records) {
        return parley.fanout()
                .deliver(records.stream().map(FanoutFunction::received).toList());
    }

    private static Received received(JsonNode record) {
        boolean republished = record.path("messageAttributes").has(EventPublisher.REPUBLISHED);
        Event event = Outbox.decode(record.path("body").asText());
        return new Received(record.path("messageId").asText(), place(record, event, republished), event, trace(record));
    }
}
