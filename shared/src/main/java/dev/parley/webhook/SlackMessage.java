package dev.parley.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message as programs write it for Slack (Discord documentation, "Execute Slack-Compatible Webhook"): its text is the
 * content, its attachments are embeds.
 */
final class SlackMessage {

    private static final int MAX_EMBEDS = 10;
    private static final Pattern COLOR = Pattern.compile("#?([0-9a-fA-F]{6})");
    private static final Pattern LINK = Pattern.compile("<(https?://[^|>\\s]+)\\|([^>]*)>");

    private SlackMessage() {}

    /**
     * The same message as Discord's clients write it.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    static Form translate(Form form) {
        String text = form.optionalText("text", 0, 2000);
        String username = form.optionalText("username", 0, 80);
        JsonNode attachments = form.raw("attachments");
        if (attachments.size() > MAX_EMBEDS) {
            form.error("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
        }
        form.check();
        ObjectNode message = Json.object();
        message.put("content", text == null ? null : links(text));
        if (username != null && !username.isBlank()) {
            message.put("username", username);
        }
        ArrayNode embeds = message.putArray("embeds");
        attachments.forEach(attachment -> embeds.add(embed(attachment)));
        return new Form(message);
    }

    private static ObjectNode embed(JsonNode attachment) {
        ObjectNode embed = Json.object();
        put(embed, "title", attachment.path("title"));
        put(embed, "url", attachment.path("title_link"));
        String pretext = attachment.path("pretext").asText("");
        String text = attachment.path("text").asText(attachment.path("fallback").asText(""));
        String description = pretext.isEmpty() || text.isEmpty() ? pretext + text : pretext + "\n" + text;
        if (!description.isEmpty()) {
            embed.put("description", links(description));
        }
        Integer color = color(attachment.path("color").asText(""));
        if (color != null) {
            embed.put("color", color);
        }
        if (attachment.hasNonNull("author_name")) {
            ObjectNode author = embed.putObject("author");
            put(author, "name", attachment.path("author_name"));
            put(author, "url", attachment.path("author_link"));
            put(author, "icon_url", attachment.path("author_icon"));
        }
        if (attachment.hasNonNull("footer")) {
            ObjectNode footer = embed.putObject("footer");
            put(footer, "text", attachment.path("footer"));
            put(footer, "icon_url", attachment.path("footer_icon"));
        }
        if (attachment.hasNonNull("image_url")) {
            put(embed.putObject("image"), "url", attachment.path("image_url"));
        }
        if (attachment.hasNonNull("thumb_url")) {
            put(embed.putObject("thumbnail"), "url", attachment.path("thumb_url"));
        }
        if (attachment.path("ts").canConvertToInt()) {
            embed.put(
                    "timestamp",
                    Instant.ofEpochSecond(attachment.path("ts").asLong()).toString());
        }
        ArrayNode fields = embed.putArray("fields");
        for (JsonNode field : attachment.path("fields")) {
            fields.addObject()
                    .put("name", field.path("title").asText(""))
                    .put("value", links(field.path("value").asText("")))
                    .put("inline", field.path("short").asBoolean(false));
        }
        return embed;
    }

    private static void put(ObjectNode target, String name, JsonNode value) {
        if (value.isTextual()) {
            target.set(name, value);
        }
    }

    private static @Nullable Integer color(String text) {
        var hex = COLOR.matcher(text);
        return hex.matches() ? Integer.valueOf(hex.group(1), 16) : null;
    }

    private static String links(String text) {
        return LINK.matcher(text).replaceAll("[$2]($1)");
    }
}
