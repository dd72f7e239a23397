package dev.parley.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** JSON on the way of one message: once for each message, never for each delivery. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventBenchmark {

    private final JsonNode message = Json.parse("""
            {"id":"1300000000000000003","channel_id":"1300000000000000002","guild_id":"1300000000000000001","type":0,
             "content":"The quick brown fox jumps over the lazy dog, and the others hear of it at once. Really.","flags":0,
             "tts":false,"pinned":false,"mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[],
             "components":[],"timestamp":"2026-11-28T12:00:00.123Z","edited_timestamp":null,
             "author":{"id":"1300000000000000004","username":"mina","discriminator":"0","global_name":"Mina","avatar":null,
             "bot":false,"public_flags":0},
             "member":{"nick":null,"roles":[],"joined_at":"2026-11-01T12:00:00Z","deaf":false,"mute":false,"flags":0,
             "pending":false,"avatar":null,"premium_since":null,"communication_disabled_until":null}}
            """);
    private final Event event = new Event(
            new Snowflake(1_300_000_000_000_000_005L),
            DispatchType.MESSAGE_CREATE,
            new Audience.Guild(new Snowflake(1_300_000_000_000_000_001L), new Snowflake(1_300_000_000_000_000_002L)),
            message);
    private final String payload = Outbox.encode(event);

    /** What the outbox and the queue get. */
    @Benchmark
    public String encode() {
        return Outbox.encode(event);
    }

    /** What the fan-out gets. */
    @Benchmark
    public Event decode() {
        return Outbox.decode(payload);
    }

    /** What all sessions get. */
    @Benchmark
    public String data() {
        return Json.text(event.data());
    }
}
