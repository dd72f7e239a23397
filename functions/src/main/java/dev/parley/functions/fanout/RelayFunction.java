package dev.parley.functions.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.fanout.Relay.Received;
import dev.parley.fanout.RelayedEvents;
import java.util.List;

/** Brings events to the other Region. */
public final class RelayFunction extends BatchFunction {

    public RelayFunction() {
        this(Parley.fromEnvironment());
    }

    public RelayFunction(Parley parley) {
        super(parley, "relay");
    }

    @Override
    List<String> handle(List<JsonNode> records) {
        return parley.relay()
                .forward(records.stream().map(RelayFunction::received).toList());
    }

    private static Received received(JsonNode record) {
        JsonNode attributes = record.path("attributes");
        return new Received(
                record.path("messageId").asText(),
                attributes.path("MessageGroupId").asText(),
                attributes.path("ApproximateReceiveCount").asInt(1) > 1,
                RelayedEvents.decode(record.path("body").asText()));
    }
}
