package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class ApplicationApiTest {

    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person bot;

    ApplicationApiTest(LocalCloud cloud) {
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        bot = people.bot(owner, people.guild(owner));
    }

    @Test
    void aBotAndItsOwnerSeeTheirApplication() {
        // When
        JsonNode application =
                rest.get("/applications/@me", "Bot " + bot.token()).expect(200);

        // Then
        assertThat(application.path("id").asText()).isEqualTo(bot.id());
        assertThat(application.at("/owner/id").asText()).isEqualTo(owner.id());
        assertThat(application.path("approximate_guild_count").asInt()).isEqualTo(1);
        assertThat(rest.get("/applications/" + bot.id(), owner.token()).expect(200))
                .isEqualTo(application);
        assertThat(rest.get("/oauth2/applications/@me", "Bot " + bot.token()).expect(200))
                .isEqualTo(application);
    }

    @Test
    void aDescriptionIsChanged() {
        // When
        JsonNode changed = rest.send(
                        "PATCH", "/applications/@me", "Bot " + bot.token(), Map.of("description", "does things"))
                .expect(200);

        // Then
        assertThat(changed.path("description").asText()).isEqualTo("does things");
        assertThat(rest.send("PATCH", "/applications/" + bot.id(), owner.token(), Map.of("description", ""))
                        .expect(200)
                        .path("description")
                        .asText("none"))
                .isEmpty();
        assertThat(code(
                        rest.send(
                                "PATCH",
                                "/applications/@me",
                                "Bot " + bot.token(),
                                Map.of("description", "x".repeat(401))),
                        400))
                .isEqualTo(50035);
    }

    @Test
    void nobodyElseSeesIt() {
        Person stranger = people.user();

        assertThat(code(rest.get("/applications/" + bot.id(), stranger.token()), 403))
                .isEqualTo(20012);
        assertThat(code(rest.send("PATCH", "/applications/" + bot.id(), stranger.token(), Map.of()), 403))
                .isEqualTo(20012);
        assertThat(code(rest.get("/applications/@me", owner.token()), 404)).isEqualTo(10002);
        assertThat(code(rest.get("/applications/1", owner.token()), 404)).isEqualTo(10002);
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
