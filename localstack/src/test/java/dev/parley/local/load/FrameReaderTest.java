package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader();

    @Test
    void findsWhatADispatchSays() {
        assertThat(read("{\"op\":0,\"s\":42,\"t\":\"MESSAGE_CREATE\",\"d\":{\"content\":\"m7 a \\\"}, b\","
                        + "\"author\":{\"id\":\"1\"},\"id\":\"1234567890123456789\",\"mentions\":[{\"id\":\"2\"}],"
                        + "\"channel_id\":\"99\"}}"))
                .isTrue();

        assertThat(reader.op()).isZero();
        assertThat(reader.s()).isEqualTo(42);
        assertThat(reader.typeIs(FrameReader.ascii("MESSAGE_CREATE"))).isTrue();
        assertThat(reader.typeIs(FrameReader.ascii("MESSAGE"))).isFalse();
        assertThat(number("id")).isEqualTo(1234567890123456789L);
        assertThat(number("channel_id")).isEqualTo(99);
        assertThat(reader.number(reader.member(FrameReader.ascii("content")) + 1))
                .isEqualTo(7);
        assertThat(reader.member(FrameReader.ascii("guild_id"))).isNegative();
    }

    @Test
    void takesKeysInAnyOrderAndNulls() {
        assertThat(read("{ \"t\" : null, \"d\" : {\"op\":3,\"heartbeat_interval\": 41250 }, \"s\":null , \"op\":10 }"))
                .isTrue();

        assertThat(reader.op()).isEqualTo(10);
        assertThat(reader.s()).isZero();
        assertThat(number("heartbeat_interval")).isEqualTo(41250);
    }

    @Test
    void tellsWhetherASessionCanBeResumed() {
        assertThat(read("{\"op\":9,\"d\":true,\"s\":null,\"t\":null}")).isTrue();
        assertThat(reader.dataIsTrue()).isTrue();
        assertThat(read("{\"op\":9,\"d\":false,\"s\":null,\"t\":null}")).isTrue();
        assertThat(reader.dataIsTrue()).isFalse();
    }

    @Test
    void knowsWhatIsNoPayload() {
        assertThat(read("{\"message\": \"Internal server error\", \"connectionId\":\"a=\"}"))
                .isFalse();
        assertThat(read("")).isFalse();
        assertThat(read("[1,2]")).isFalse();
        assertThat(read("{\"op\":0,\"s\":4")).isTrue(); // cut short, and no reason to fail
    }

    @Test
    void printsDifferWithTheBytes() {
        read("{\"op\":0,\"s\":1,\"t\":\"X\",\"d\":1}");
        long one = reader.print();
        read("{\"op\":0,\"s\":1,\"t\":\"X\",\"d\":2}");

        assertThat(reader.print()).isNotEqualTo(one);
    }

    private boolean read(String frame) {
        return reader.read(Unpooled.copiedBuffer(frame, StandardCharsets.UTF_8));
    }

    private long number(String member) {
        return reader.number(reader.member(FrameReader.ascii(member)));
    }
}
