package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Icons and avatars, and where they are read. */
@ExtendWith(LocalCloudExtension.class)
class ImageApiTest {

    private static final String PNG = Pictures.dataUri("image/png", Pictures.png());

    private final LocalCloud cloud;
    private final RestClient rest;
    private final FileClient files;
    private final People people;
    private Person owner;
    private Place place;

    ImageApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        files = new FileClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        place = people.guild(owner);
    }

    @Test
    void aGuildGetsAnIconAndLosesIt() {
        // When
        JsonNode guild = set(Pictures.dataUri("image/gif", Pictures.gif())).expect(200);

        // Then
        String hash = guild.path("icon").asText();
        assertThat(hash).matches("a_[0-9a-f]{32}");
        HttpResponse<byte[]> icon = get("/icons/" + place.guildId() + "/" + hash + ".gif?size=64");
        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.body()).isEqualTo(Pictures.gif());
        assertThat(icon.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(icon.headers().firstValue("cache-control").orElse("")).contains("immutable");
        assertThat(rest.send("PATCH", "/guilds/" + place.guildId(), owner.token(), Map.of("name", "other"))
                        .expect(200)
                        .path("icon")
                        .asText())
                .as("what is not named stays")
                .isEqualTo(hash);
        assertThat(rest.send(
                                "PATCH",
                                "/guilds/" + place.guildId(),
                                owner.token(),
                                Json.object().putNull("icon"))
                        .expect(200)
                        .path("icon")
                        .isNull())
                .isTrue();
    }

    @Test
    void aLargeImageIsTakenAndWhatIsNoneIsRefused() {
        // Given
        byte[] large = Pictures.png(3 * 1024 * 1024);

        // When
        String hash = set(Pictures.dataUri("image/png", large))
                .expect(200)
                .path("icon")
                .asText();

        // Then
        assertThat(get("/icons/" + place.guildId() + "/" + hash + ".png").body())
                .isEqualTo(large);
        assertThat(set("data:image/png;base64,AAAA").expect(400).path("code").asInt())
                .isEqualTo(50035);
        assertThat(set("https://example.com/a.png").expect(400).path("code").asInt())
                .isEqualTo(50035);
    }

    @Test
    void aNewGuildMayHaveAnIcon() {
        // When
        JsonNode guild = rest.post(
                        "/guilds",
                        owner.token(),
                        Map.of("name", "a guild", "icon", Pictures.dataUri("image/png", Pictures.png())))
                .expect(201);

        // Then
        assertThat(get("/icons/" + guild.path("id").asText() + "/"
                                + guild.path("icon").asText() + ".webp")
                        .body())
                .isEqualTo(Pictures.png());
    }

    @Test
    void aUserGetsAnAvatarAndLosesIt() {
        // When
        JsonNode user = change("/users/@me", "avatar", PNG).expect(200);

        // Then
        String hash = user.path("avatar").asText();
        assertThat(hash).matches("[0-9a-f]{32}");
        assertThat(get("/avatars/" + owner.id() + "/" + hash + ".png").body()).isEqualTo(Pictures.png());
        assertThat(people.say(owner, place.channelId(), "seen")
                        .at("/author/avatar")
                        .asText())
                .isEqualTo(hash);
        assertThat(rest.send("PATCH", "/users/@me", owner.token(), Map.of("global_name", "Other"))
                        .expect(200)
                        .path("avatar")
                        .asText())
                .as("what is not named stays")
                .isEqualTo(hash);
        assertThat(change("/users/@me", "avatar", null)
                        .expect(200)
                        .path("avatar")
                        .isNull())
                .isTrue();
    }

    @Test
    void aGroupGetsAnIconAndLosesIt() {
        // Given
        List<Person> others = List.of(people.user(), people.user());
        people.join(place, owner, others);
        String group = rest.post(
                        "/users/@me/channels",
                        owner.token(),
                        Map.of("recipients", others.stream().map(Person::id).toList()))
                .expect(200)
                .path("id")
                .asText();

        // When
        String hash = change("/channels/" + group, "icon", PNG)
                .expect(200)
                .path("icon")
                .asText();

        // Then
        assertThat(get("/channel-icons/" + group + "/" + hash + ".png").body()).isEqualTo(Pictures.png());
        assertThat(change("/channels/" + group, "icon", null)
                        .expect(200)
                        .path("icon")
                        .isNull())
                .isTrue();
    }

    @Test
    void aWebhookHasAnAvatarAndSoHaveItsMessages() {
        // When
        JsonNode webhook = rest.post(
                        "/channels/" + place.channelId() + "/webhooks",
                        owner.token(),
                        Map.of("name", "reporter", "avatar", PNG))
                .expect(200);

        // Then
        String id = webhook.path("id").asText();
        String hash = webhook.path("avatar").asText();
        assertThat(get("/avatars/" + id + "/" + hash + ".png").body()).isEqualTo(Pictures.png());
        String through = "/webhooks/" + id + "/" + webhook.path("token").asText();
        assertThat(rest.post(through + "?wait=true", null, Map.of("content", "hello"))
                        .expect(200)
                        .at("/author/avatar")
                        .asText())
                .isEqualTo(hash);
        assertThat(rest.send("PATCH", through, null, Map.of("name", "other"))
                        .expect(200)
                        .path("avatar")
                        .asText())
                .isEqualTo(hash);
        assertThat(change("/webhooks/" + id, "avatar", null)
                        .expect(200)
                        .path("avatar")
                        .isNull())
                .isTrue();
    }

    @Test
    void usersWithoutAnAvatarHaveAPicture() {
        // When / Then
        for (int n = 0; n < 6; n++) {
            HttpResponse<byte[]> picture = get("/embed/avatars/" + n + ".png");
            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(picture.headers().firstValue("content-type")).hasValue("image/png");
        }
        assertThat(get("/embed/avatars/6.png").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        // Given
        String hash = "0123456789abcdef0123456789abcdef";

        // When / Then
        for (String path : List.of(
                "/icons/1/" + hash + ".png",
                "/avatars/1/" + hash + ".png",
                "/icons/x/" + hash + ".png",
                "/icons/1/..%2F..%2Fuploads.png",
                "/icons/1/" + hash,
                "/emojis/1.png",
                "/emojis/x.png")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private Reply change(String path, String field, @Nullable String image) {
        return rest.send("PATCH", path, owner.token(), Json.object().put(field, image));
    }

    private Reply set(String icon) {
        return rest.send("PATCH", "/guilds/" + place.guildId(), owner.token(), Map.of("icon", icon));
    }

    private HttpResponse<byte[]> get(String path) {
        return files.get(cloud.baseUrl() + path);
    }
}
