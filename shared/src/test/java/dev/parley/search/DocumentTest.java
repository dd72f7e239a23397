package dev.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a message is found by. */
class DocumentTest {

    @Test
    void attachmentsAreFoundByKindNameAndExtension() {
        Document document = document(row -> row.put(
                "extra",
                "{\"attachments\":[{\"filename\":\"Holiday.PNG\",\"content_type\":\"image/png\"},"
                        + "{\"filename\":\"song.ogg\"}]}"));

        assertThat(matches(document, "has", "file")).isTrue();
        assertThat(matches(document, "has", "image,sound")).isTrue();
        assertThat(matches(document, "has", "video")).isFalse();
        assertThat(matches(document, "has", "-video")).isTrue();
        assertThat(matches(document, "has", "-image")).isFalse();
        assertThat(matches(document, "attachment_extension", "png")).isTrue();
        assertThat(matches(document, "attachment_filename", "holiday.png")).isTrue();
    }

    @Test
    void stickersPollsAndForwardsAreFound() {
        Document document = document(
                row -> row.put(
                        "extra",
                        "{\"sticker_items\":[{\"id\":\"1\"}],\"poll\":{\"question\":{}},\"message_snapshots\":[{\"message\":{}}]}"));

        assertThat(matches(document, "has", "sticker,poll,snapshot")).isTrue();
        assertThat(matches(document(row -> {}), "has", "poll")).isFalse();
    }

    @Test
    void linksAndEmbedsAreFound() {
        Document document = document(row -> {
            row.put("content", "see https://Example.com/page and http://[broken");
            row.put("embeds", "[{\"type\":\"article\",\"provider\":{\"name\":\"News\"},\"image\":{\"url\":\"x\"}}]");
        });

        assertThat(matches(document, "has", "link,embed,image")).isTrue();
        assertThat(matches(document, "link_hostname", "example.com")).isTrue();
        assertThat(matches(document, "embed_type", "article")).isTrue();
        assertThat(matches(document, "embed_provider", "news")).isTrue();
    }

    @Test
    void authorsAreUsersBotsOrWebhooks() {
        Document user = document(row -> {});
        Document bot = new Document(user.row(), true, 0);
        Document webhook = document(row -> row.put("webhook_id", 99L));

        assertThat(matches(user, "author_type", "user")).isTrue();
        assertThat(matches(bot, "author_type", "user")).isFalse();
        assertThat(matches(bot, "author_type", "user,bot")).isTrue();
        assertThat(matches(bot, "author_type", "-webhook")).isTrue();
        assertThat(matches(webhook, "author_type", "webhook")).isTrue();
        assertThat(matches(webhook, "author_type", "-user")).isTrue();
        assertThat(matches(webhook, "author_id", "99")).isTrue();
        assertThat(matches(document(row -> row.put("extra", "{\"webhook_id\":\"99\"}")), "author_type", "webhook"))
                .isTrue();
        assertThat(matches(user, "author_id", "1,7")).isTrue();
    }

    @Test
    void theRestOfTheRowIsFound() {
        Document document = new Document(
                document(row -> {
                            row.putArray("mentions").add(21L).add(22L);
                            row.putArray("mention_roles").add(31L);
                            row.put("mention_everyone", true);
                            row.put("pinned_at", "2026-01-01T00:00:00Z");
                            row.put("reference_id", 41L);
                            row.put("reference_type", 0);
                        })
                        .row(),
                false,
                51);

        assertThat(matches(document, "mentions", "22")).isTrue();
        assertThat(matches(document, "mentions", "23")).isFalse();
        assertThat(matches(document, "mentions_role_id", "31")).isTrue();
        assertThat(matches(document, "mention_everyone", "true")).isTrue();
        assertThat(matches(document, "mention_everyone", "false")).isFalse();
        assertThat(matches(document, "pinned", "true")).isTrue();
        assertThat(matches(document, "replied_to_message_id", "41")).isTrue();
        assertThat(matches(document, "replied_to_user_id", "51")).isTrue();
    }

    @Test
    void ofAVeryLongTextTheBeginningIsIndexed() {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            content.appendCodePoint(0x4e00 + i);
        }

        Document document = document(row -> row.put("content", content.toString()));

        assertThat(document.tokens()).hasSize(Document.MOST_TOKENS + 1);
        assertThat(document.tokens()).contains(Token.of(Token.Kind.LETTERS, "\u4e00\u4e01"));
    }

    private static boolean matches(Document document, String parameter, String value) {
        return SearchQuery.read(Map.of(parameter, value)).matches(document);
    }

    private static Document document(Consumer<ObjectNode> change) {
        ObjectNode row = Json.object();
        row.put("id", 5L)
                .put("channel_id", 6L)
                .put("author_id", 7L)
                .put("content", "")
                .put("embeds", "[]");
        change.accept(row);
        return new Document(row, false, 0);
    }
}
