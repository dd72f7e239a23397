package dev.parley.guild;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuildSnapshotTest {

    private static final int MOST_BYTES = 120 * 1024;

    @Test
    void threadsAreLeftOutBeforeChannelsAndFollowThem() {
        // Given
        ObjectNode body = guild(100, 600);

        // When
        GuildSnapshot snapshot = GuildSnapshot.of(body, List.of());

        // Then
        assertThat(Json.bytes(snapshot.create()).length).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(snapshot.create().path("channels")).hasSize(100);
        assertThat(snapshot.channels()).isEmpty();
        List<String> shown = new ArrayList<>();
        snapshot.create()
                .path("threads")
                .forEach(thread -> shown.add(thread.path("id").asText()));
        assertThat(shown).isNotEmpty();
        snapshot.threads().forEach(thread -> shown.add(thread.path("id").asText()));
        assertThat(shown).hasSize(600).isSorted();
        assertThat(snapshot.threads())
                .extracting(thread -> thread.path("guild_id").asText())
                .containsOnly("1");
    }

    @Test
    void ifNotAllChannelsFitNoThreadComesBeforeTheChannelThatItIsIn() {
        GuildSnapshot snapshot = GuildSnapshot.of(guild(600, 10), List.of());

        assertThat(snapshot.create().path("threads")).isEmpty();
        assertThat(snapshot.threads()).hasSize(10);
        assertThat(snapshot.channels()).isNotEmpty();
    }

    private static ObjectNode guild(int channels, int threads) {
        ObjectNode body = Json.object().put("id", "1");
        body.putArray("members");
        body.putArray("presences");
        fill(body, "channels", channels);
        fill(body, "threads", threads);
        return body;
    }

    private static void fill(ObjectNode body, String field, int count) {
        List<JsonNode> things = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            things.add(Json.object().put("id", String.valueOf(10_000 + i)).put("name", "x".repeat(400)));
        }
        body.putArray(field).addAll(things);
    }
}
