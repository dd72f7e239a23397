package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people set in their clients. */
@ExtendWith(LocalCloudExtension.class)
class UserSettingsApiTest {

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person user;

    UserSettingsApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        user = people.user();
    }

    @Test
    void whatIsSetStaysAndIsToldToTheOtherClients() {
        assertThat(get().path("theme").asText()).isEqualTo("dark");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 0)) {
            // When
            patch(Map.of("theme", "light", "developer_mode", false)).expect(200);
            patch(Map.of("theme", "light")).expect(200);
            patch(Map.of("guild_positions", new String[] {"1", "2"})).expect(200);

            // Then
            assertThat(client.awaitDispatch("USER_SETTINGS_UPDATE").path("d"))
                    .isEqualTo(Json.object().put("theme", "light"));
            assertThat(client.next().at("/d/guild_positions")).hasSize(2);
            assertThat(get().path("theme").asText()).isEqualTo("light");
            assertThat(get().path("status").asText()).isEqualTo("online");
        }
    }

    @Test
    void whatIsNoSettingIsRefused() {
        ObjectNode wrong = Json.object();
        wrong.put("theme", "pink");
        wrong.put("status", "asleep");
        wrong.put("developer_mode", "yes");
        wrong.put("afk_timeout", 5);
        wrong.put("guild_positions", "1");
        wrong.put("favourite_colour", "red");
        wrong.putObject("custom_status").put("text", "x".repeat(129));

        JsonNode errors = patch(wrong).expect(400).path("errors");

        assertThat(errors).hasSize(7);
        assertThat(get().path("theme").asText()).isEqualTo("dark");
    }

    @Test
    void settingsHaveASize() {
        ObjectNode large = Json.object();
        large.putObject("custom_status").put("text", "x").put("emoji_name", "y".repeat(17_000));

        assertThat(patch(large).expect(400).path("code").asInt()).isEqualTo(50035);
    }

    private JsonNode get() {
        return rest.get("/users/@me/settings", user.token()).expect(200);
    }

    private Reply patch(Object body) {
        return rest.send("PATCH", "/users/@me/settings", user.token(), body);
    }
}
