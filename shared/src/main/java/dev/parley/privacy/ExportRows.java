package dev.parley.privacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What an export reads from tables, as it writes it. Everything runs in the caller's transaction. */
final class ExportRows {

    /** With the largest content, embeds and attachments some 4 MB; usually some kilobytes. */
    static final int MESSAGES_AT_ONCE = 50;

    private ExportRows() {}

    /** The guilds that a user is in. */
    static List<ObjectNode> guilds(Handle handle, Snowflake userId) {
        return handle.select("""
                        SELECT g.id, g.name, g.owner_id, m.nick, m.role_ids, m.joined_at
                        FROM members m JOIN guilds g ON g.id = m.guild_id WHERE m.user_id = ? ORDER BY g.id
                        """, userId.value())
                .map((rs, context) -> {
                    ObjectNode guild = Json.object();
                    guild.put("id", rs.getString("id"));
                    guild.put("name", rs.getString("name"));
                    guild.put("owner", rs.getLong("owner_id") == userId.value());
                    guild.put("nick", rs.getString("nick"));
                    ArrayNode roles = guild.putArray("roles");
                    MemberRows.roles(rs, "role_ids").forEach(role -> roles.add(role.toString()));
                    guild.put("joined_at", MemberRows.instant(rs, "joined_at").toString());
                    return guild;
                })
                .list();
    }

    /** Some of the messages of a user behind one, in the order of their ids. */
    static List<ObjectNode> messages(Handle handle, Snowflake userId, Snowflake after) {
        return handle.select("""
                        SELECT m.id, m.channel_id, p.guild_id, m.type, m.content, m.embeds, m.extra, m.edited_at
                        FROM messages m JOIN channel_places p ON p.channel_id = m.channel_id
                        JOIN shard_ownership o ON o.shard = p.shard AND o.state IN ('owned', 'moving', 'frozen')
                        WHERE m.author_id = ? AND m.id > ? ORDER BY m.id LIMIT ?
                        """, userId.value(), after.value(), MESSAGES_AT_ONCE)
                .map((rs, context) -> {
                    ObjectNode message = Json.object();
                    Snowflake id = new Snowflake(rs.getLong("id"));
                    message.put("id", id.toString());
                    message.put("channel_id", rs.getString("channel_id"));
                    message.put("guild_id", rs.getString("guild_id"));
                    message.put("type", rs.getInt("type"));
                    message.put("timestamp", id.timestamp().toString());
                    message.put(
                            "edited_timestamp",
                            rs.getObject("edited_at") == null
                                    ? null
                                    : MemberRows.instant(rs, "edited_at").toString());
                    message.put("content", rs.getString("content"));
                    message.set("embeds", Json.parse(rs.getString("embeds")));
                    String extra = rs.getString("extra");
                    if (extra != null) {
                        message.setAll((ObjectNode) Json.parse(extra));
                    }
                    return message;
                })
                .list();
    }

    /** The reactions of a user behind one. */
    static List<ObjectNode> reactions(Handle handle, Snowflake userId, ExportPosition.Reactions after, int limit) {
        return handle.createQuery("""
                        SELECT x.channel_id, x.message_id, x.emoji, r.emoji_name
                        FROM reaction_users x JOIN reactions r USING (channel_id, message_id, emoji)
                        JOIN channel_places p USING (channel_id)
                        JOIN shard_ownership o ON o.shard = p.shard AND o.state IN ('owned', 'moving', 'frozen')
                        WHERE x.user_id = :user
                          AND (x.channel_id, x.message_id, x.emoji) > (:channel, :message, :emoji)
                        ORDER BY x.channel_id, x.message_id, x.emoji LIMIT :limit
                        """)
                .bind("user", userId.value())
                .bind("channel", after.channelId().value())
                .bind("message", after.messageId().value())
                .bind("emoji", after.emoji())
                .bind("limit", limit)
                .map((rs, context) -> {
                    ObjectNode reaction = Json.object();
                    reaction.put("channel_id", rs.getString("channel_id"));
                    reaction.put("message_id", rs.getString("message_id"));
                    reaction.put("emoji", rs.getString("emoji"));
                    reaction.put("name", rs.getString("emoji_name"));
                    return reaction;
                })
                .list();
    }
}
