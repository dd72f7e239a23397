package dev.parley.invite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invite, with what it leads to.
 *
 * @param maxAge seconds from when it was made until it ends; 0 for never
 * @param maxUses 0 for any number
 * @param guild the guild as who is not in it may see it, with its id
 * @param channel the channel as who is not in the guild may see it
 */
record Invite(
        String code,
        Snowflake guildId,
        Snowflake channelId,
        User inviter,
        int maxUses,
        int uses,
        int maxAge,
        boolean temporary,
        Instant createdAt,
        @Nullable Instant expiresAt,
        ObjectNode guild,
        ObjectNode channel) {

    /** The invite as anybody sees it (Discord documentation, "Invite Object"). */
    ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("type", 0);
        body.put("code", code);
        body.set("guild", guild.deepCopy());
        body.put("guild_id", guildId.toString());
        body.set("channel", channel.deepCopy());
        body.set("inviter", Json.tree(inviter));
        body.put("expires_at", expiresAt == null ? null : expiresAt.toString());
        return body;
    }

    /** The invite as who looks after the channel or the guild sees it (the same, "Invite Metadata Object"). */
    ObjectNode bodyWithMetadata() {
        ObjectNode body = body();
        body.setAll(metadata());
        return body;
    }

    /** What INVITE_CREATE tells (Discord documentation, "Invite Create"). */
    ObjectNode created() {
        ObjectNode data = metadata();
        data.put("type", 0);
        data.put("code", code);
        data.put("guild_id", guildId.toString());
        data.put("channel_id", channelId.toString());
        data.set("inviter", Json.tree(inviter));
        data.put("expires_at", expiresAt == null ? null : expiresAt.toString());
        return data;
    }

    /** What INVITE_DELETE tells. */
    ObjectNode deleted() {
        ObjectNode data = Json.object();
        data.put("channel_id", channelId.toString());
        data.put("guild_id", guildId.toString());
        data.put("code", code);
        return data;
    }

    /** What the audit log tells. */
    ObjectNode audited() {
        ObjectNode data = metadata();
        data.put("code", code);
        data.put("channel_id", channelId.toString());
        data.put("inviter_id", inviter.id().toString());
        return data;
    }

    private ObjectNode metadata() {
        ObjectNode data = Json.object();
        data.put("uses", uses);
        data.put("max_uses", maxUses);
        data.put("max_age", maxAge);
        data.put("temporary", temporary);
        data.put("created_at", createdAt.toString());
        return data;
    }
}
