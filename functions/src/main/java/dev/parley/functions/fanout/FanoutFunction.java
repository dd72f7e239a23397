package dev.parley.functions.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Fanout.Received;
import dev.parley.fanout.Outbox;
import dev.parley.fanout.RelayedEvents;
import dev.parley.fanout.RelayedEvents.Relayed;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.session.Place;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Delivers events to the sessions that may see them, and passes them on to the other Region where there is one. */
public final class FanoutFunction extends BatchFunction {

    private static final Snowflake NOWHERE = new Snowflake(0);

    public FanoutFunction() {
        this(Parley.fromEnvironment());
    }

    public FanoutFunction(Parley parley) {
        super(parley, "events");
    }

    /** Delivers an event of a guild that is none, to nobody and not to the other Region. */
    @Override
    protected void prime() throws Exception {
        super.prime();
        Event event =
                new Event(NOWHERE, DispatchType.TYPING_START, new Audience.Guild(NOWHERE, NOWHERE), Json.object());
        Place place = new Place(NOWHERE.toString(), "0", NOWHERE.toString(), false);
        parley.fanout()
                .deliver(List.of(new Received("synthetic", place, Outbox.decode(Outbox.encode(event)), true, null)));
        parley.primePosts();
    }

    @Override
    List<String> handle(List<JsonNode> records) {
        return parley.fanout()
                .deliver(records.stream().flatMap(FanoutFunction::received).toList());
    }

    private static Stream<Received> received(JsonNode record) {
        String messageId = record.path("messageId").asText();
        JsonNode attributes = record.path("messageAttributes");
        if (attributes.has(RelayedEvents.ATTRIBUTE)) {
            List<Relayed> events =
                    RelayedEvents.decode(record.path("body").asText()).events();
            return IntStream.range(0, events.size()).mapToObj(i -> {
                Relayed relayed = events.get(i);
                Place place = place(record, relayed.event(), relayed.repeated()).relayed(i);
                return new Received(messageId, place, relayed.event(), true, trace(record));
            });
        }
        boolean republished = attributes.has(EventPublisher.REPUBLISHED);
        Event event = Outbox.decode(record.path("body").asText());
        return Stream.of(new Received(messageId, place(record, event, republished), event, false, trace(record)));
    }
}
