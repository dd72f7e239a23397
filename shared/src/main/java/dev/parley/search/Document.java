package dev.parley.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as the index sees it.
 *
 * @param row the row of {@code messages} as JSON
 * @param bot whether a bot wrote it
 * @param repliedTo the author of the message that it answers; 0 for none
 */
record Document(JsonNode row, boolean bot, long repliedTo) {

    /** The most tokens of a message's text: that of some 500 letters of a script without spaces, and of any other text. */
    static final int MOST_TOKENS = 1_000;

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>]+", Pattern.CASE_INSENSITIVE);
    private static final int REPLY = 0;

    private static final Map<String, List<String>> EXTENSIONS = Map.of(
            "image", List.of("png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"),
            "video", List.of("mp4", "webm", "mov", "mkv", "m4v"),
            "sound", List.of("mp3", "ogg", "wav", "flac", "m4a", "opus", "aac"));

    long id() {
        return row.path("id").longValue();
    }

    long channelId() {
        return row.path("channel_id").longValue();
    }

    SearchText text() {
        return SearchText.of(row.path("content").asText(""));
    }

    /** Everything that the message is found by. */
    Set<Long> tokens() {
        Set<Long> tokens = new HashSet<>();
        addAuthor(tokens);
        addMentions(tokens);
        addReference(tokens);
        addLinks(tokens);
        addEmbeds(tokens);
        addExtra(tokens);
        if (row.hasNonNull("pinned_at")) {
            tokens.add(Token.of(Token.Kind.PINNED));
        }
        text().tokens().stream().limit(MOST_TOKENS).forEach(tokens::add);
        return tokens;
    }

    /** An application that answers an interaction has the id of a webhook as well, and is a bot. */
    private void addAuthor(Set<Long> tokens) {
        long webhook =
                row.path("webhook_id").asLong(json("extra").path("webhook_id").asLong());
        if (bot || webhook == 0) {
            tokens.add(Token.of(Token.Kind.AUTHOR, row.path("author_id").longValue()));
        } else {
            tokens.add(Token.of(Token.Kind.AUTHOR, webhook));
            tokens.add(Token.of(Token.Kind.AUTHOR_TYPE, "webhook"));
        }
        if (bot) {
            tokens.add(Token.of(Token.Kind.AUTHOR_TYPE, "bot"));
        }
    }

    private void addMentions(Set<Long> tokens) {
        row.path("mentions").forEach(user -> tokens.add(Token.of(Token.Kind.MENTION, user.longValue())));
        row.path("mention_roles").forEach(role -> tokens.add(Token.of(Token.Kind.MENTION_ROLE, role.longValue())));
        if (row.path("mention_everyone").booleanValue()) {
            tokens.add(Token.of(Token.Kind.MENTION_EVERYONE));
        }
    }

    private void addReference(Set<Long> tokens) {
        if (row.hasNonNull("reference_id") && row.path("reference_type").intValue() == REPLY) {
            tokens.add(Token.of(
                    Token.Kind.REPLY_TO_MESSAGE, row.path("reference_id").longValue()));
            if (repliedTo != 0) {
                tokens.add(Token.of(Token.Kind.REPLY_TO_USER, repliedTo));
            }
        }
    }

    private void addLinks(Set<Long> tokens) {
        Matcher links = LINK.matcher(row.path("content").asText(""));
        while (links.find()) {
            tokens.add(Token.of(Token.Kind.HAS, "link"));
            try {
                String host = URI.create(links.group()).getHost();
                if (host != null) {
                    tokens.add(Token.of(Token.Kind.LINK_HOST, host.toLowerCase(Locale.ROOT)));
                }
            } catch (IllegalArgumentException e) {
                // It looks like a link and names no host.
            }
        }
    }

    private void addEmbeds(Set<Long> tokens) {
        for (JsonNode embed : json("embeds")) {
            tokens.add(Token.of(Token.Kind.HAS, "embed"));
            String type = embed.path("type").asText("rich");
            switch (type) {
                case "gifv" -> tokens.add(Token.of(Token.Kind.EMBED_TYPE, "gif"));
                default -> tokens.add(Token.of(Token.Kind.EMBED_TYPE, type));
            }
            if (embed.has("image") || type.equals("image") || type.equals("gifv")) {
                tokens.add(Token.of(Token.Kind.HAS, "image"));
            }
            if (embed.has("video") || type.equals("video")) {
                tokens.add(Token.of(Token.Kind.HAS, "video"));
            }
            String provider = embed.path("provider").path("name").asText("");
            if (!provider.isEmpty()) {
                tokens.add(Token.of(Token.Kind.EMBED_PROVIDER, provider.toLowerCase(Locale.ROOT)));
            }
        }
    }

    private void addExtra(Set<Long> tokens) {
        JsonNode extra = json("extra");
        for (JsonNode file : extra.path("attachments")) {
            tokens.add(Token.of(Token.Kind.HAS, "file"));
            String name = file.path("filename").asText("").toLowerCase(Locale.ROOT);
            String extension = name.substring(name.lastIndexOf('.') + 1);
            tokens.add(Token.of(Token.Kind.FILE_NAME, name));
            tokens.add(Token.of(Token.Kind.FILE_EXTENSION, extension));
            String type = file.path("content_type").asText("").replace("audio/", "sound/");
            EXTENSIONS.forEach((kind, extensions) -> {
                if (type.startsWith(kind + "/") || extensions.contains(extension)) {
                    tokens.add(Token.of(Token.Kind.HAS, kind));
                }
            });
        }
        Map.of("sticker_items", "sticker", "message_snapshots", "snapshot", "poll", "poll")
                .forEach((field, kind) -> {
                    if (!extra.path(field).isEmpty()) {
                        tokens.add(Token.of(Token.Kind.HAS, kind));
                    }
                });
    }

    private JsonNode json(String column) {
        return Json.parse(row.path(column).asText(""));
    }
}
