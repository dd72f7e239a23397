package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a guild shows to everybody, if it wants to. */
@ExtendWith(LocalCloudExtension.class)
class WidgetApiTest {

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    WidgetApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void anEnabledWidgetShowsWhoIsOnlineToAnybodyButNotWhoTheyAre() {
        // Given
        rest.send("PATCH", guild() + "/members/" + member.id(), owner.token(), Map.of("nick", "Nick"))
                .expect(200);
        assertThat(code(rest.get(widget(), null), 403)).isEqualTo(50004);
        rest.send("PATCH", guild() + "/widget", owner.token(), Map.of("enabled", true))
                .expect(200);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode shown = rest.get(widget(), null).expect(200);

            // Then
            assertThat(shown.path("id").asText()).isEqualTo(place.guildId());
            assertThat(shown.path("name").asText()).isEqualTo("a guild");
            assertThat(shown.path("presence_count").asInt()).isEqualTo(1);
            assertThat(shown.path("channels")).isEmpty();
            assertThat(shown.path("members")).hasSize(1);
            JsonNode one = shown.path("members").get(0);
            assertThat(one.path("username").asText()).isEqualTo("Nick");
            assertThat(one.path("status").asText()).isEqualTo("online");
            assertThat(one.path("id").asText()).isEqualTo("0");
            assertThat(shown.toString()).doesNotContain(member.id()).doesNotContain(member.name());
        }
    }

    @Test
    void whoManagesTheGuildSetsTheWidget() {
        // Given
        assertThat(rest.get(guild() + "/widget", owner.token()).expect(200))
                .isEqualTo(Json.object().put("enabled", false).putNull("channel_id"));

        // When
        JsonNode set = rest.send(
                        "PATCH",
                        guild() + "/widget",
                        owner.token(),
                        Map.of("enabled", true, "channel_id", place.channelId()))
                .expect(200);

        // Then
        assertThat(set).isEqualTo(Json.object().put("enabled", true).put("channel_id", place.channelId()));
        assertThat(rest.get(guild() + "/widget", owner.token()).expect(200)).isEqualTo(set);
        JsonNode guild = rest.get(guild(), member.token()).expect(200);
        assertThat(guild.path("widget_enabled").asBoolean()).isTrue();
        assertThat(guild.path("widget_channel_id").asText()).isEqualTo(place.channelId());
        assertThat(rest.get(guild() + "/audit-logs?limit=1", owner.token())
                        .expect(200)
                        .at("/audit_log_entries/0/changes")
                        .findValuesAsText("key"))
                .containsExactly("widget_enabled", "widget_channel_id");
        assertThat(code(rest.get(guild() + "/widget", member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PATCH", guild() + "/widget", member.token(), Map.of("enabled", false)), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PATCH", guild() + "/widget", owner.token(), Map.of("channel_id", "1")), 400))
                .isEqualTo(50035);
        assertThat(code(rest.get("/guilds/1/widget.json", null), 404)).isEqualTo(10004);
    }

    private String guild() {
        return "/guilds/" + place.guildId();
    }

    private String widget() {
        return guild() + "/widget.json";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
