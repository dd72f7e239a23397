package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * The part of a user's guilds that a session hears of (Discord documentation, "Sharding").
 *
 * @param id 0 to count - 1
 * @param count how many parts there are, 1 or more
 */
public record Shard(int id, int count) {

    /** Reads {@code [id, count]}; null when it is none. */
    static @Nullable Shard read(JsonNode node) {
        boolean valid = node.isArray()
                && node.size() == 2
                && node.get(0).canConvertToInt()
                && node.get(1).canConvertToInt()
                && node.get(0).intValue() >= 0
                && node.get(1).intValue() > node.get(0).intValue();
        return valid ? new Shard(node.get(0).intValue(), node.get(1).intValue()) : null;
    }

    /** Whether the events of a guild come to this shard. */
    public boolean coversGuild(long guildId) {
        return (guildId >>> 22) % count == id;
    }

    /** Whether what belongs to no guild, direct messages among it, comes to this shard. */
    public boolean coversDirectMessages() {
        return id == 0;
    }

    /** As clients write it. */
    public ArrayNode body() {
        return Json.array().add(id).add(count);
    }

    String encode() {
        return id + "/" + count;
    }

    static @Nullable Shard decode(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? null
                : new Shard(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }
}
