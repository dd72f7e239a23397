package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import org.junit.jupiter.api.Test;

/** What is kept of what a client says it shows. */
class SessionPresenceTest {

    private final SessionPresence online = first(Json.parse(""));

    @Test
    void aSessionThatSaysNothingIsOnline() {
        assertThat(online.status()).isEqualTo(Status.ONLINE);
        assertThat(online.activities()).isEmpty();
    }

    @Test
    void aStatusThatIsNoneLeavesTheOldOne() {
        SessionPresence idle = online.updated(Json.parse("{\"status\":\"idle\",\"since\":5}"), false, 2);

        assertThat(idle.status()).isEqualTo(Status.IDLE);
        assertThat(idle.since()).isEqualTo(5);
        assertThat(idle.updated(Json.parse("{\"status\":\"asleep\"}"), false, 3).status())
                .isEqualTo(Status.IDLE);
    }

    @Test
    void anActivityKeepsItsKnownFieldsAndIsCut() {
        ObjectNode activity = activity("x".repeat(200));
        activity.put("details", "d")
                .put("state", "s")
                .put("url", "https://example.com")
                .put("party", 1);

        JsonNode kept = updated(false, activity).get(0);

        assertThat(kept.path("name").asText()).hasSize(128);
        assertThat(kept.has("party")).isFalse();
        assertThat(kept.path("details").asText()).isEqualTo("d");
        assertThat(kept.path("created_at").asLong()).isEqualTo(7);
    }

    @Test
    void aBotHasNoDetails() {
        JsonNode kept = updated(true, activity("x").put("details", "d")).get(0);

        assertThat(kept.has("details")).isFalse();
    }

    @Test
    void whatIsNoActivityIsLeftOutAndTheRestUpToTen() {
        ArrayNode sent = Json.array();
        sent.add("no object")
                .add(Json.object().put("type", 0))
                .add(activity("wrong").put("type", 77));
        for (int i = 0; i < 12; i++) {
            sent.add(activity("a" + i));
        }

        ArrayNode kept = updated(false, sent);

        assertThat(kept).hasSize(10);
        assertThat(kept.get(0).path("name").asText()).isEqualTo("a0");
    }

    @Test
    void activitiesThatTakeTooMuchRoomAreLeftOut() {
        ArrayNode sent = Json.array();
        for (int i = 0; i < 10; i++) {
            sent.add(activity("\u0001".repeat(128)).put("url", "u".repeat(512)));
        }

        assertThat(Json.bytes(updated(false, sent))).hasSizeLessThanOrEqualTo(Activities.MAX_BYTES);
    }

    @Test
    void anActivityThatGoesOnKeepsItsMoment() {
        SessionPresence before = online.updated(presence(activity("x")), false, 7);

        SessionPresence after = before.updated(presence(activity("x")), false, 9);

        assertThat(after.activities()).isEqualTo(before.activities());
    }

    @Test
    void whatIsStoredIsReadBack() {
        SessionPresence presence = online.updated(presence(activity("x")), false, 1_767_225_600_000L);

        assertThat(SessionPresence.decode(presence.encode())).isEqualTo(presence);
        assertThat(SessionPresence.decode("nonsense")).isNull();
    }

    @Test
    void thePlatformIsWhatIdentifySays() {
        assertThat(platform(false, "{\"os\":\"Windows\",\"browser\":\"Discord Client\"}"))
                .isEqualTo(Platform.DESKTOP);
        assertThat(platform(false, "{\"os\":\"Android\"}")).isEqualTo(Platform.MOBILE);
        assertThat(platform(false, "{\"$browser\":\"Discord iOS\"}")).isEqualTo(Platform.MOBILE);
        assertThat(platform(false, "{\"browser\":\"Firefox\"}")).isEqualTo(Platform.WEB);
        assertThat(platform(true, "{\"os\":\"linux\",\"browser\":\"JDA\"}")).isEqualTo(Platform.WEB);
    }

    private ArrayNode updated(boolean bot, JsonNode activities) {
        return online.updated(presence(activities), bot, 7).activities();
    }

    private static ObjectNode presence(JsonNode activities) {
        ObjectNode presence = Json.object();
        presence.set(
                "activities", activities.isArray() ? activities : Json.array().add(activities));
        return presence;
    }

    private static ObjectNode activity(String name) {
        return Json.object().put("name", name).put("type", 0);
    }

    private static SessionPresence first(JsonNode sent) {
        return SessionPresence.first(Platform.DESKTOP, false, sent, 1);
    }

    private static Platform platform(boolean bot, String properties) {
        return Platform.of(bot, Json.parse(properties));
    }
}
