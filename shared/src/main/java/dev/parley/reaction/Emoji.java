package dev.parley.reaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody reacts with: a character of Unicode, or a guild's own emoji.
 *
 * @param id the guild's own emoji; null for a character
 * @param name the character, or the name of the guild's own emoji
 */
public record Emoji(@Nullable Snowflake id, String name, boolean animated) {

    /** As clients write a guild's own emoji in a path (Discord documentation, "Create Reaction"). */
    private static final Pattern CUSTOM = Pattern.compile("(?:(a):)?(\\w{1,32}):(\\d{1,19})");

    /**
     * An emoji as a path names it, decoded: the character, or {@code name:id}. What the guild calls its emoji now is not
     * looked up.
     *
     * @throws ApiException {@code UNKNOWN_EMOJI} if the text is none
     */
    public static Emoji parse(String text) {
        Matcher custom = CUSTOM.matcher(text);
        if (custom.matches()) {
            Snowflake id = Snowflake.parseOrNull(custom.group(3));
            if (id != null) {
                return new Emoji(id, custom.group(2), custom.group(1) != null);
            }
        } else if (UnicodeEmoji.is(text)) {
            return new Emoji(null, text, false);
        }
        throw new ApiException(ErrorCode.UNKNOWN_EMOJI);
    }

    /** What tells it apart from others: the id, or the character without its variation selectors. */
    String key() {
        return id == null ? UnicodeEmoji.key(name) : id.toString();
    }

    /** The emoji as clients see it in a reaction (Discord documentation, "Emoji Object"). */
    ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id == null ? null : id.toString());
        body.put("name", name);
        if (animated) {
            body.put("animated", true);
        }
        return body;
    }
}
