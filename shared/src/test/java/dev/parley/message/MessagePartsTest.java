package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be in a message. Lengths count Unicode code points: a face is one. */
class MessagePartsTest {

    private static final String FACE = "😀";

    @Test
    void contentHas2000CodePointsAtTheMost() {
        assertThat(read(Json.object().put("content", FACE.repeat(2000))).content())
                .hasSize(4000);
        assertThat(errors(Json.object().put("content", FACE.repeat(2001))).at("/content/_errors/0/code"))
                .isEqualTo(text("BASE_TYPE_MAX_LENGTH"));
    }

    @ParameterizedTest
    @CsvSource({
        "title, 256",
        "description, 4096",
        "footer/text, 2048",
        "author/name, 256",
        "fields/0/name, 256",
        "fields/0/value, 1024"
    })
    void eachPartOfAnEmbedHasItsLimit(String path, int limit) {
        assertThat(read(embed(path, FACE.repeat(limit))).embeds()).hasSize(1);
        assertThat(errors(embed(path, FACE.repeat(limit + 1)))
                        .at("/embeds/0/" + path + "/_errors/0/code")
                        .asText())
                .isIn("BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH");
    }

    @Test
    void theEmbedsTogetherHave6000CodePointsAtTheMost() {
        assertThat(read(embeds("d".repeat(3000), FACE.repeat(3000))).embeds()).hasSize(2);
        assertThat(errors(embeds("d".repeat(3000), FACE.repeat(3001))).at("/embeds/_errors/0/code"))
                .isEqualTo(text("MAX_EMBED_SIZE_EXCEEDED"));
        assertThat(errors(embeds("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"))
                        .at("/embeds/_errors/0/code"))
                .isEqualTo(text("BASE_TYPE_MAX_LENGTH"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "ftp://example.com", "data:text/html,x", "//example.com", "nonsense"})
    void aLinkLeadsToTheWeb(String url) {
        assertThat(errors(embed("url", url)).at("/embeds/0/url/_errors/0/code").asText())
                .startsWith("URL_TYPE_INVALID");
        assertThat(read(embed("url", "HTTPS://example.com/a b?ü=[1]")).embeds()).hasSize(1);
    }

    @Test
    void aPictureMayBeUploadedWithTheMessage() {
        ObjectNode form = Json.object();
        form.putArray("embeds").addObject().putObject("image").put("url", "attachment://cat.png");

        assertThat(read(form).embeds().at("/0/image/url").asText()).isEqualTo("attachment://cat.png");
        assertThat(errors(embed("timestamp", "yesterday"))
                        .at("/embeds/0/timestamp")
                        .isObject())
                .isTrue();
    }

    @Test
    void componentsAreNumberedAndCleaned() {
        ObjectNode form = button(1, "custom_id", "yes");
        form.at("/components/0/components").forEach(button -> ((ObjectNode) button).put("secret", 1));

        ArrayNode rows = read(form).components();

        assertThat(rows)
                .isEqualTo(Json.parse("[{\"type\":1,\"id\":1,\"components\":"
                        + "[{\"type\":2,\"id\":2,\"style\":1,\"label\":\"Press\",\"custom_id\":\"yes\"}]}]"));
    }

    @Test
    void buttonsHaveTheirRules() {
        assertThat(read(button(5, "url", "https://example.com")).components()).hasSize(1);
        assertThat(errors(button(5, "url", "javascript:alert(1)")).at("/components/0/components/0/url/_errors/0/code"))
                .isEqualTo(text("URL_TYPE_INVALID_SCHEME"));
        assertThat(errors(button(5, "custom_id", "x"))
                        .at("/components/0/components/0/url")
                        .isObject())
                .isTrue();
        assertThat(errors(button(1, "url", "https://example.com"))
                        .at("/components/0/components/0/custom_id")
                        .isObject())
                .isTrue();
        assertThat(errors(button(1, "custom_id", "x".repeat(101)))
                        .at("/components/0/components/0/custom_id")
                        .isObject())
                .isTrue();
        ObjectNode twice = button(1, "custom_id", "same");
        ((ArrayNode) twice.path("components"))
                .add(button(1, "custom_id", "same").at("/components/0"));
        assertThat(errors(twice).at("/components/1/components/0/custom_id/_errors/0/code"))
                .isEqualTo(text("COMPONENT_CUSTOM_ID_DUPLICATED"));
    }

    @Test
    void aSelectMenuStandsAloneInItsRow() {
        ObjectNode form = Json.object();
        ObjectNode row = form.putArray("components").addObject().put("type", 1);
        ObjectNode select =
                row.putArray("components").addObject().put("type", 3).put("custom_id", "pick");
        select.putArray("options").addObject().put("label", "A").put("value", "a");

        assertThat(read(form).components().at("/0/components/0/max_values").asInt())
                .isEqualTo(1);
        ((ArrayNode) row.path("components")).add(button(1, "custom_id", "x").at("/components/0/components/0"));
        assertThat(errors(form).at("/components/0/components/_errors/0/code"))
                .isEqualTo(text("COMPONENT_LAYOUT_WIDTH_EXCEEDED"));
        ((ArrayNode) row.path("components"))
                .removeAll()
                .addObject()
                .put("type", 4)
                .put("custom_id", "text");
        assertThat(errors(form).at("/components/0/components/0/type").isObject())
                .as("a text input is for modals")
                .isTrue();
    }

    @Test
    void mentionsAreAllowedByKindOrById() {
        assertThat(errors(mentions("{\"parse\":[\"users\"],\"users\":[\"1\"]}")).at("/allowed_mentions/_errors/0/code"))
                .isEqualTo(text("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"));
        assertThat(errors(mentions("{\"parse\":[\"someone\"]}")).at("/allowed_mentions/parse/_errors/0/code"))
                .isEqualTo(text("BASE_TYPE_CHOICES"));
        assertThat(read(mentions("{\"parse\":[\"users\"],\"users\":[]}"))
                        .allowedMentions()
                        .users())
                .isNull();
        assertThat(read(mentions("{\"parse\":[]}")).allowedMentions()).isEqualTo(AllowedMentions.none());
        ObjectNode many = mentions("{}");
        ArrayNode users = ((ObjectNode) many.path("allowed_mentions")).putArray("users");
        for (int i = 1; i <= 100; i++) {
            users.add(Integer.toString(i));
        }
        assertThat(read(many).allowedMentions().users()).hasSize(100);
        users.add("101");
        assertThat(errors(many).at("/allowed_mentions/users/_errors/0/code")).isEqualTo(text("BASE_TYPE_MAX_LENGTH"));
    }

    @Test
    void somethingMustBeSaid() {
        assertThat(refusal(Json.object().put("content", " \n")).code()).isEqualTo(ErrorCode.CANNOT_SEND_EMPTY_MESSAGE);
        ObjectNode hollow = Json.object();
        hollow.putArray("embeds").addObject();
        hollow.putArray("sticker_ids");
        assertThat(refusal(hollow).code()).isEqualTo(ErrorCode.CANNOT_SEND_EMPTY_MESSAGE);
        assertThat(read(Json.object().put("content", "x").put("flags", 64 | 4096))
                        .flags())
                .isEqualTo(MessageFlags.SUPPRESS_NOTIFICATIONS);
    }

    private static ObjectNode button(int style, String name, String value) {
        ObjectNode form = Json.object();
        form.putArray("components")
                .addObject()
                .put("type", 1)
                .putArray("components")
                .addObject()
                .put("type", 2)
                .put("style", style)
                .put("label", "Press")
                .put(name, value);
        return form;
    }

    private static ObjectNode mentions(String json) {
        ObjectNode form = Json.object().put("content", "x");
        form.set("allowed_mentions", Json.parse(json));
        return form;
    }

    private static ObjectNode embeds(String... descriptions) {
        ObjectNode form = Json.object();
        ArrayNode embeds = form.putArray("embeds");
        for (String description : descriptions) {
            embeds.addObject().put("description", description);
        }
        return form;
    }

    /** A form with an embed that has everything it needs and this text. */
    private static ObjectNode embed(String path, String text) {
        ObjectNode form = Json.object();
        ObjectNode embed = form.putArray("embeds").addObject();
        String[] names = path.split("/", -1);
        if (names.length == 1) {
            embed.put(names[0], text);
        } else if (names.length == 2) {
            embed.putObject(names[0]).put(names[1], text);
        } else {
            embed.putArray(names[0])
                    .addObject()
                    .put("name", "n")
                    .put("value", "v")
                    .put(names[2], text);
        }
        return form;
    }

    private static MessageDraft read(ObjectNode form) {
        return MessageDraft.read(new Form(form));
    }

    private static ApiException refusal(ObjectNode form) {
        return catchThrowableOfType(ApiException.class, () -> read(form));
    }

    private static JsonNode errors(ObjectNode form) {
        return refusal(form).body().path("errors");
    }

    private static JsonNode text(String text) {
        return Json.tree(text);
    }
}
