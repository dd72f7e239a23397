package dev.parley.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.snowflake.Snowflake;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a part of an export begins, as its link writes it. */
sealed interface ExportPosition {

    /** The text in the link's {@code after}, which needs no encoding there. */
    String text();

    /** Behind a message. */
    record Messages(Snowflake after) implements ExportPosition {
        @Override
        public String text() {
            return "messages." + after;
        }
    }

    /** Behind a reaction. */
    record Reactions(Snowflake channelId, Snowflake messageId, String emoji) implements ExportPosition {

        static final Reactions FIRST = new Reactions(new Snowflake(0), new Snowflake(0), "");

        static Reactions behind(JsonNode reaction) {
            return new Reactions(
                    Snowflake.parse(reaction.path("channel_id").asText()),
                    Snowflake.parse(reaction.path("message_id").asText()),
                    reaction.path("emoji").asText());
        }

        @Override
        public String text() {
            return "reactions." + channelId + "." + messageId + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(emoji.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads a text; null if it is no position. */
    static @Nullable ExportPosition parseOrNull(String text) {
        String[] parts = text.split("\\.", -1);
        Snowflake first = parts.length > 1 ? Snowflake.parseOrNull(parts[1]) : null;
        if (first == null) {
            return null;
        }
        if (parts[0].equals("messages") && parts.length == 2) {
            return new Messages(first);
        }
        Snowflake second = parts.length == 4 ? Snowflake.parseOrNull(parts[2]) : null;
        if (!parts[0].equals("reactions") || second == null) {
            return null;
        }
        try {
            return new Reactions(
                    first, second, new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
