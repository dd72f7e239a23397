package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Custom emojis of guilds and applications, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class EmojiApiTest {

    private static final int GUILDS = 1;
    private static final int GUILD_MODERATION = 1 << 2;
    private static final int GUILD_EXPRESSIONS = 1 << 3;
    private static final String PNG = Pictures.dataUri("image/png", Pictures.png());

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    EmojiApiTest(LocalCloud cloud) {
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
    void anEmojiIsMadeShownAndTold() {
        // Given
        try (GatewayClient hearing =
                        GatewayClient.ready(cloud.gatewayUrl(), member.token(), GUILDS | GUILD_EXPRESSIONS);
                GatewayClient auditing =
                        GatewayClient.ready(cloud.gatewayUrl(), owner.token(), GUILDS | GUILD_MODERATION)) {
            hearing.awaitDispatch("GUILD_CREATE");
            auditing.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode emoji = rest.post(
                            emojis(),
                            owner.token(),
                            Map.of("name", "smile", "image", PNG, "roles", List.of(place.guildId(), "1")))
                    .expect(201);

            // Then
            assertThat(emoji.path("name").asText()).isEqualTo("smile");
            assertThat(emoji.path("animated").asBoolean(true)).isFalse();
            assertThat(emoji.path("available").asBoolean()).isTrue();
            assertThat(emoji.at("/user/id").asText()).isEqualTo(owner.id());
            assertThat(emoji.path("roles")).hasSize(1);
            JsonNode told = hearing.awaitDispatch("GUILD_EMOJIS_UPDATE").path("d");
            assertThat(told.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(told.at("/emojis/0/id")).isEqualTo(emoji.path("id"));
            JsonNode entry =
                    auditing.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(entry.path("action_type").asInt()).isEqualTo(60);
            assertThat(entry.path("target_id")).isEqualTo(emoji.path("id"));
            HttpResponse<byte[]> image = image(emoji.path("id").asText() + ".png");
            assertThat(image.statusCode()).isEqualTo(200);
            assertThat(image.body()).isEqualTo(Pictures.png());
            assertThat(image.headers().firstValue("content-type")).hasValue("image/png");
            assertThat(rest.get("/guilds/" + place.guildId(), member.token())
                            .expect(200)
                            .at("/emojis/0/name")
                            .asText())
                    .isEqualTo("smile");
        }
    }

    @Test
    void aGuildComesWithItsEmojis() {
        // Given
        String id = make("wave", Pictures.dataUri("image/gif", Pictures.gif()));

        // When
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), GUILDS)) {
            JsonNode guild = client.awaitDispatch("GUILD_CREATE").path("d");

            // Then
            assertThat(guild.at("/emojis/0/id").asText()).isEqualTo(id);
            assertThat(guild.at("/emojis/0/animated").asBoolean()).isTrue();
            assertThat(guild.at("/emojis/0").has("user")).isFalse();
        }
    }

    @Test
    void anEmojiIsRenamedAndRemoved() {
        // Given
        String id = make("one", PNG);

        // When
        JsonNode renamed = rest.send("PATCH", emojis() + "/" + id, owner.token(), Map.of("name", "two"))
                .expect(200);

        // Then
        assertThat(renamed.path("name").asText()).isEqualTo("two");
        assertThat(rest.get(emojis() + "/" + id, member.token()).expect(200).has("user"))
                .isFalse();
        rest.send("DELETE", emojis() + "/" + id, owner.token(), null).expect(204);
        assertThat(rest.get(emojis(), owner.token()).expect(200)).isEmpty();
        assertThat(code(rest.send("DELETE", emojis() + "/" + id, owner.token(), null), 404))
                .isEqualTo(10014);
        assertThat(image(id + ".png").statusCode())
                .as("old messages show it still")
                .isEqualTo(200);
    }

    @Test
    void onlyWhoMayMakesEmojis() {
        // Given
        String id = make("mine", PNG);
        Place elsewhere = people.guild(member);

        // When / Then
        assertThat(code(rest.post(emojis(), member.token(), Map.of("name", "no", "image", PNG)), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PATCH", emojis() + "/" + id, member.token(), Map.of("name", "no")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.get(emojis(), people.user().token()), 404)).isEqualTo(10004);
        assertThat(code(
                        rest.send("DELETE", "/guilds/" + elsewhere.guildId() + "/emojis/" + id, member.token(), null),
                        404))
                .as("an emoji of another guild")
                .isEqualTo(10014);
    }

    @Test
    void namesAndImagesAreChecked() {
        // When / Then
        for (String name : List.of("x", "a b", "ä".repeat(3), "x".repeat(33))) {
            assertThat(code(rest.post(emojis(), owner.token(), Map.of("name", name, "image", PNG)), 400))
                    .as(name)
                    .isEqualTo(50035);
        }
        for (String image : List.of(
                "",
                "data:text/html;base64,AAAA",
                "data:image/png;base64,AAAA",
                "data:image/png;base64,???",
                Pictures.dataUri("image/png", Pictures.png(256 * 1024 + 1)))) {
            assertThat(code(rest.post(emojis(), owner.token(), Map.of("name", "ok", "image", image)), 400))
                    .isEqualTo(50035);
        }
        assertThat(code(rest.post(emojis(), owner.token(), Map.of("name", "ok")), 400))
                .isEqualTo(50035);
        make("large", Pictures.dataUri("image/png", Pictures.png(256 * 1024)));
    }

    @Test
    void anApplicationHasEmojisOfItsOwn() {
        // Given
        Person bot = people.bot(owner, place);
        String path = "/applications/" + bot.id() + "/emojis";

        // When
        JsonNode emoji = rest.post(path, "Bot " + bot.token(), Map.of("name", "bot_smile", "image", PNG))
                .expect(201);

        // Then
        assertThat(rest.get(path, owner.token()).expect(200).at("/items/0/id")).isEqualTo(emoji.path("id"));
        assertThat(code(rest.post(path, owner.token(), Map.of("name", "bot_smile", "image", PNG)), 400))
                .isEqualTo(50035);
        String one = path + "/" + emoji.path("id").asText();
        assertThat(rest.send("PATCH", one, owner.token(), Map.of("name", "other"))
                        .expect(200)
                        .path("name")
                        .asText())
                .isEqualTo("other");
        assertThat(code(rest.get(path, member.token()), 403)).isEqualTo(20012);
        assertThat(code(rest.get("/applications/1/emojis", owner.token()), 404)).isEqualTo(10002);
        rest.send("DELETE", one, "Bot " + bot.token(), null).expect(204);
        assertThat(code(rest.get(one, owner.token()), 404)).isEqualTo(10014);
    }

    @Test
    void thereAreNoStickers() {
        // When / Then
        assertThat(rest.get("/guilds/" + place.guildId() + "/stickers", member.token())
                        .expect(200))
                .isEmpty();
        assertThat(rest.get("/sticker-packs", null).expect(200).path("sticker_packs"))
                .isEmpty();
    }

    private String make(String name, String image) {
        return rest.post(emojis(), owner.token(), Map.of("name", name, "image", image))
                .expect(201)
                .path("id")
                .asText();
    }

    private HttpResponse<byte[]> image(String file) {
        return new FileClient(cloud.baseUrl()).get(cloud.baseUrl() + "/emojis/" + file);
    }

    private String emojis() {
        return "/guilds/" + place.guildId() + "/emojis";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
