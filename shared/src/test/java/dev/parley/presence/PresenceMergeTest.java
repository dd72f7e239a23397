package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several sessions of one user in one presence. */
class PresenceMergeTest {

    @Test
    void whoHasNoSessionIsOffline() {
        assertThat(Presence.of(List.of())).isEqualTo(Presence.OFFLINE);
        assertThat(Presence.OFFLINE.visible()).isFalse();
    }

    @Test
    void theHighestStatusCountsAndEachPlatformHasItsOwn() {
        Presence presence = Presence.of(List.of(
                session(Status.DND, Platform.DESKTOP, 1),
                session(Status.IDLE, Platform.MOBILE, 2),
                session(Status.IDLE, Platform.DESKTOP, 3)));

        assertThat(presence.status()).isEqualTo(Status.IDLE);
        assertThat(presence.platforms()).isEqualTo(Map.of(Platform.DESKTOP, Status.IDLE, Platform.MOBILE, Status.IDLE));
    }

    @Test
    void anInvisibleSessionShowsNothing() {
        SessionPresence invisible = session(Status.INVISIBLE, Platform.MOBILE, 2, "secret");

        assertThat(Presence.of(List.of(invisible))).isEqualTo(Presence.OFFLINE);
        Presence both = Presence.of(List.of(invisible, session(Status.DND, Platform.WEB, 1, "open")));
        assertThat(both.status()).isEqualTo(Status.DND);
        assertThat(both.platforms()).containsOnlyKeys(Platform.WEB);
        assertThat(both.activities()).hasSize(1);
    }

    @Test
    void theNewestActivitiesComeFirstAndAreTenAtTheMost() {
        List<SessionPresence> sessions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sessions.add(session(Status.ONLINE, Platform.WEB, i, "a" + i));
        }

        Presence presence = Presence.of(sessions);

        assertThat(presence.activities()).hasSize(10);
        assertThat(presence.activities().get(0).path("name").asText()).isEqualTo("a11");
    }

    @Test
    void theBodyIsWhatClientsRead() {
        Presence presence = Presence.of(List.of(session(Status.DND, Platform.MOBILE, 1, "a")));

        assertThat(presence.body(new Snowflake(7)))
                .isEqualTo(Json.parse("{\"user\":{\"id\":\"7\"},\"status\":\"dnd\",\"activities\":[{\"name\":\"a\"}],"
                        + "\"client_status\":{\"mobile\":\"dnd\"}}"));
    }

    private static SessionPresence session(Status status, Platform platform, long at, String... activities) {
        ArrayNode list = Json.array();
        for (String name : activities) {
            list.add(Json.object().put("name", name));
        }
        return new SessionPresence(status, list, null, false, platform, at, false);
    }
}
