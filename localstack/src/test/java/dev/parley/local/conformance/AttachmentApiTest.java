package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.catalog.Schedules;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.FileClient.Upload;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Files in messages, through the REST API and the links in it. */
@ExtendWith(LocalCloudExtension.class)
class AttachmentApiTest {

    private static final int FILE_LIMIT = 10 * 1024 * 1024;
    private static final String ATTACH_FILES = "32768";

    private final LocalCloud cloud;
    private final RestClient rest;
    private final FileClient files;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    AttachmentApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        files = new FileClient(cloud.baseUrl());
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
    void aFileIsSentWithoutContentAndReadBackUnchanged() {
        // Given
        byte[] bytes = random(300_000);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1 | 1 << 9 | 1 << 15)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode message = send(owner, null, Upload.first("my file (1).bin", "application/x-test", bytes))
                    .expect(200);

            // Then
            JsonNode file = message.path("attachments").get(0);
            assertThat(message.path("attachments")).hasSize(1);
            assertThat(file.path("filename").asText()).isEqualTo("my_file_1.bin");
            assertThat(file.path("size").asInt()).isEqualTo(bytes.length);
            assertThat(file.path("content_type").asText()).isEqualTo("application/x-test");
            assertThat(file.path("url").asText())
                    .startsWith(cloud.baseUrl() + "/attachments/" + place.channelId() + "/"
                            + file.path("id").asText() + "/my_file_1.bin?ex=")
                    .contains("&is=", "&hm=");
            assertThat(file.path("proxy_url")).isEqualTo(file.path("url"));
            HttpResponse<byte[]> download = files.get(file.path("url").asText());
            assertThat(download.statusCode()).isEqualTo(200);
            assertThat(download.body()).isEqualTo(bytes);
            JsonNode told = client.awaitDispatch("MESSAGE_CREATE").at("/d/attachments/0");
            assertThat(told.path("id")).isEqualTo(file.path("id"));
            assertThat(files.get(told.path("url").asText()).body()).isEqualTo(bytes);
            JsonNode read = rest.get(messages() + "/" + message.path("id").asText(), member.token())
                    .expect(200)
                    .path("attachments")
                    .get(0);
            assertThat(read.path("url").asText()).startsWith(cloud.baseUrl()).contains("&hm=");
            assertThat(rest.get(messages(), member.token()).expect(200).at("/0/attachments/0/id"))
                    .isEqualTo(file.path("id"));
        }
    }

    @Test
    void tenMegabytesComeBackUnchanged() {
        // Given
        byte[] bytes = random(FILE_LIMIT);

        // When
        JsonNode message = send(owner, Map.of("content", "large"), Upload.first("large.bin", null, bytes))
                .expect(200);

        // Then
        JsonNode file = message.path("attachments").get(0);
        assertThat(message.path("content").asText()).isEqualTo("large");
        assertThat(file.path("size").asInt()).isEqualTo(bytes.length);
        assertThat(files.get(file.path("url").asText()).body()).isEqualTo(bytes);
        assertThat(send(owner, null, Upload.first("over.bin", null, random(FILE_LIMIT + 1)))
                        .expect(413)
                        .path("code")
                        .asInt())
                .isEqualTo(40005);
    }

    @Test
    void entriesNameFilesByNumberAndDescribeThem() {
        // Given
        Map<String, Object> payload = Map.of(
                "content",
                "two",
                "attachments",
                List.of(
                        Map.of("id", 1, "filename", "SPOILER_second.txt", "description", "the second"),
                        Map.of("id", "0", "description", "")));

        // When
        JsonNode sent = files.send(
                        "POST",
                        messages(),
                        owner.token(),
                        payload,
                        List.of(
                                new Upload("files[0]", "first.txt", null, text("1")),
                                new Upload("files[1]", "ignored.txt", null, text("2")),
                                new Upload("files[2]", "third.png", "text/plain", Pictures.png())))
                .expect(200)
                .path("attachments");

        // Then
        assertThat(sent.findValuesAsText("filename")).containsExactly("SPOILER_second.txt", "first.txt", "third.png");
        assertThat(sent.get(0).path("description").asText()).isEqualTo("the second");
        assertThat(sent.get(1).has("description")).isFalse();
        assertThat(sent.get(0).path("content_type").asText()).startsWith("text/plain");
        assertThat(sent.get(2).path("content_type").asText()).isEqualTo("image/png");
        assertThat(sent.get(2).path("width").asInt()).isEqualTo(2);
        assertThat(sent.get(2).path("height").asInt()).isEqualTo(1);
    }

    @Test
    void anEmbedShowsAFileOfItsMessage() {
        // Given
        Upload look = Upload.first("look.png", "image/png", Pictures.png());
        String elsewhere = cloud.baseUrl() + "/attachments/1/2/somebody-elses.png";

        // When
        JsonNode message =
                send(owner, embed("attachment://look.png", elsewhere), look).expect(200);

        // Then
        assertThat(message.at("/embeds/0/image/url")).isEqualTo(message.at("/attachments/0/url"));
        assertThat(message.at("/embeds/0/thumbnail/url").asText()).isEqualTo(elsewhere);
        assertThat(code(send(owner, embed("attachment://look.png", "/attachments/1/2/a.png"), look), 400))
                .as("a path would get a link if it were taken")
                .isEqualTo(50035);
    }

    private static Map<String, Object> embed(String image, String thumbnail) {
        return Map.of(
                "embeds",
                List.of(Map.of("title", "look", "image", Map.of("url", image), "thumbnail", Map.of("url", thumbnail))));
    }

    @Test
    void whatABrowserCouldRunIsForSavingOnly() {
        // When
        JsonNode page = send(owner, null, Upload.first("page.html", "text/html", text("<script>1</script>")))
                .expect(200)
                .at("/attachments/0");
        JsonNode picture = send(owner, null, Upload.first("a.png", "image/png", Pictures.png()))
                .expect(200)
                .at("/attachments/0");

        // Then
        HttpResponse<byte[]> saved = files.get(page.path("url").asText());
        assertThat(saved.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"page.html\"");
        assertThat(saved.headers().firstValue("content-type")).hasValue("text/html");
        HttpResponse<byte[]> shown = files.get(picture.path("url").asText());
        assertThat(shown.headers().firstValue("content-disposition")).isEmpty();
        assertThat(shown.headers().firstValue("content-type")).hasValue("image/png");
        HttpResponse<byte[]> redirect = new FileClient(cloud.baseUrl(), HttpClient.Redirect.NEVER)
                .get(picture.path("url").asText());
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void aLinkCannotBeMadeUpOrChanged() {
        // Given
        String link = send(owner, null, Upload.first("a.txt", "text/plain", text("secret")))
                .expect(200)
                .at("/attachments/0/url")
                .asText();
        String bare = link.substring(0, link.indexOf('?'));

        // When / Then
        assertThat(files.get(bare).statusCode()).isEqualTo(404);
        assertThat(files.get(link.replace("a.txt", "b.txt")).statusCode()).isEqualTo(404);
        assertThat(files.get(link.replaceFirst("ex=.", "ex=f")).statusCode()).isEqualTo(404);
        JsonNode refreshed = rest.post(
                        "/attachments/refresh-urls",
                        member.token(),
                        Map.of("attachment_urls", List.of(link, bare, "https://example.com/")))
                .expect(200)
                .path("refreshed_urls");
        assertThat(refreshed.get(0).path("original").asText()).isEqualTo(link);
        assertThat(files.get(refreshed.get(0).path("refreshed").asText()).body())
                .isEqualTo(text("secret"));
        assertThat(refreshed.get(1).path("refreshed").isNull()).isTrue();
        assertThat(refreshed.get(2).path("refreshed").isNull()).isTrue();
        assertThat(code(
                        rest.post("/attachments/refresh-urls", member.token(), Map.of("attachment_urls", List.of())),
                        400))
                .isEqualTo(50035);
    }

    @Test
    void elevenFilesAreTooMany() {
        // Given
        List<Upload> eleven = IntStream.range(0, 11)
                .mapToObj(n -> new Upload("files[" + n + "]", n + ".txt", null, text("x")))
                .toList();

        // When / Then
        assertThat(files.send("POST", messages(), owner.token(), null, eleven.subList(0, 10))
                        .expect(200)
                        .path("attachments"))
                .hasSize(10);
        assertThat(code(files.send("POST", messages(), owner.token(), null, eleven), 400))
                .isEqualTo(30015);
    }

    @Test
    void filesNeedTheirPermission() {
        // Given
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/permissions/" + place.guildId(),
                        owner.token(),
                        Map.of("type", 0, "allow", "0", "deny", ATTACH_FILES))
                .expect(204);

        // When / Then
        assertThat(code(send(member, null, Upload.first("a.txt", null, text("a"))), 403))
                .isEqualTo(50013);
        assertThat(code(rest.post(uploads(), member.token(), announced("a.txt", 1)), 403))
                .isEqualTo(50013);
        assertThat(code(send(people.user(), null, Upload.first("a.txt", null, text("a"))), 404))
                .isEqualTo(10003);
    }

    @Test
    void aFileIsUploadedFirstAndSentThen() {
        // Given
        byte[] bytes = random(200_000);
        JsonNode prepared = rest.post(uploads(), member.token(), announced("my pic.PNG", bytes.length))
                .expect(200)
                .path("attachments")
                .get(0);
        assertThat(prepared.path("id").asText()).isEqualTo("7");
        assertThat(files.put(prepared.path("upload_url").asText(), bytes)).isEqualTo(200);
        Map<String, Object> payload = uploaded(prepared);

        // When
        assertThat(code(rest.post(messages(), owner.token(), payload), 400)).isEqualTo(50035);
        JsonNode file =
                rest.post(messages(), member.token(), payload).expect(200).at("/attachments/0");

        // Then
        assertThat(file.path("filename").asText()).isEqualTo("my_pic.PNG");
        assertThat(file.path("size").asInt()).isEqualTo(bytes.length);
        assertThat(file.path("description").asText()).isEqualTo("a picture");
        assertThat(files.get(file.path("url").asText()).body()).isEqualTo(bytes);
        assertThat(files.put(prepared.path("upload_url").asText(), random(bytes.length)))
                .as("the link still takes bytes, which nobody looks at")
                .isEqualTo(200);
        assertThat(files.get(file.path("url").asText()).body()).isEqualTo(bytes);
        assertThat(code(rest.post(messages(), member.token(), payload), 400))
                .as("used already")
                .isEqualTo(50035);
    }

    @Test
    void aSecondTryWithTheNonceReturnsTheFirstMessage() {
        // Given
        JsonNode prepared = rest.post(uploads(), member.token(), announced("a.bin", 3))
                .expect(200)
                .path("attachments")
                .get(0);
        files.put(prepared.path("upload_url").asText(), text("abc"));
        ObjectNode payload = Json.object();
        payload.setAll((ObjectNode) Json.tree(uploaded(prepared)));
        payload.put("nonce", "n-1").put("enforce_nonce", true);

        // When
        JsonNode first = rest.post(messages(), member.token(), payload).expect(200);
        JsonNode second = rest.post(messages(), member.token(), payload).expect(200);

        // Then
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("attachments")).isEqualTo(first.path("attachments"));
    }

    @Test
    void anUploadMustBeThereAndAsLargeAsAnnounced() {
        // Given
        JsonNode prepared = rest.post(uploads(), member.token(), announced("a.bin", 3))
                .expect(200)
                .path("attachments")
                .get(0);

        // When / Then
        assertThat(code(rest.post(messages(), member.token(), uploaded(prepared)), 400))
                .isEqualTo(50035);
        assertThat(files.put(prepared.path("upload_url").asText(), text("longer")))
                .isEqualTo(403);
        assertThat(code(rest.post(messages(), member.token(), uploaded(prepared)), 400))
                .isEqualTo(50035);
        assertThat(code(rest.post(uploads(), member.token(), announced("a.bin", FILE_LIMIT + 1)), 413))
                .isEqualTo(40005);
        assertThat(code(rest.post(uploads(), member.token(), Map.of("files", List.of())), 400))
                .isEqualTo(50035);
    }

    @Test
    void bodiesWithoutFilesEndAtOneMebibyte() {
        // Given
        String roles = "/guilds/" + place.guildId() + "/roles";
        String text = "x".repeat(1024 * 1024 - 50);

        // When / Then
        assertThat(code(rest.post(roles, owner.token(), Map.of("name", text)), 400))
                .isEqualTo(50035);
        assertThat(code(rest.post(roles, owner.token(), Map.of("name", text + "x".repeat(100))), 413))
                .isEqualTo(40005);
    }

    @Test
    void aFileGoesWithItsMessageHoweverThatGoes() {
        // Given
        String kept = send(owner, null, Upload.first("kept.txt", "text/plain", text("kept")))
                .expect(200)
                .at("/attachments/0/url")
                .asText();
        String channelId = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "short"))
                .expect(201)
                .path("id")
                .asText();
        String gone = files.send(
                        "POST",
                        "/channels/" + channelId + "/messages",
                        owner.token(),
                        null,
                        List.of(Upload.first("gone.txt", "text/plain", text("gone"))))
                .expect(200)
                .at("/attachments/0/url")
                .asText();

        // When
        rest.send("DELETE", "/channels/" + channelId, owner.token(), null).expect(200);
        afterSomeTime(channelId);
        removeFiles();

        // Then
        assertThat(files.get(kept).body()).isEqualTo(text("kept"));
        assertThat(files.get(gone).statusCode()).isEqualTo(404);
    }

    /** The messages of a deleted channel go some time later. */
    private void afterSomeTime(String channelId) {
        Parley system = CloudSystem.of(cloud);
        system.database()
                .query(handle -> handle.execute(
                        "UPDATE gone_channels SET gone_at = gone_at - interval '1 hour' WHERE channel_id = ?",
                        Long.parseLong(channelId)));
        system.messageIndex().work(Duration.ofSeconds(10));
    }

    /** As the schedule does it. */
    private static void removeFiles() {
        try (LambdaClient lambda = LambdaClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            InvokeResponse answer = lambda.invoke(request -> request.functionName(
                            Schedules.REMOVE_FILES.function().name())
                    .payload(SdkBytes.fromUtf8String("{}")));
            assertThat(answer.functionError()).isNull();
        }
    }

    private Reply send(Person author, Object payload, Upload file) {
        return files.send("POST", messages(), author.token(), payload, List.of(file));
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private String uploads() {
        return "/channels/" + place.channelId() + "/attachments";
    }

    private static Map<String, Object> announced(String filename, int size) {
        return Map.of("files", List.of(Map.of("id", "7", "filename", filename, "file_size", size)));
    }

    private static Map<String, Object> uploaded(JsonNode prepared) {
        return Map.of(
                "attachments",
                List.of(Map.of(
                        "id",
                        "0",
                        "description",
                        "a picture",
                        "uploaded_filename",
                        prepared.path("upload_filename").asText())));
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
