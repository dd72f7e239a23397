package dev.parley.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * What posts into a channel without being a member (Discord documentation, "Webhook Object"). Parley has incoming ones
 * only.
 *
 * @param creator who made it; null if that account is gone
 * @param applicationId the application whose bot made it; null if a person did
 * @param name 1 to 80 characters, what its messages are signed with
 * @param avatar the avatar's hash
 * @param token what lets anybody use it
 */
record Webhook(
        Snowflake id,
        Snowflake guildId,
        Snowflake channelId,
        @Nullable User creator,
        @Nullable Snowflake applicationId,
        String name,
        @Nullable String avatar,
        Secret token) {

    /** The only type of webhook here. */
    private static final int INCOMING = 1;

    /** The same webhook with another name and avatar. */
    Webhook with(String newName, @Nullable String newAvatar) {
        return new Webhook(id, guildId, channelId, creator, applicationId, newName, newAvatar, token);
    }

    /** The same webhook in another channel of its guild. */
    Webhook in(Snowflake otherChannelId) {
        return new Webhook(id, guildId, otherChannelId, creator, applicationId, name, avatar, token);
    }

    /** As who manages it sees it: the token of an application's webhook is shown to its bot only. */
    ObjectNode body(Snowflake viewerId) {
        ObjectNode body = bodyWithoutToken();
        if (creator != null) {
            body.set("user", Json.tree(creator));
        }
        if (applicationId == null || applicationId.equals(viewerId)) {
            body.put("token", token.value());
        }
        return body;
    }

    /** As who has its token sees it: without its maker (Discord documentation, "Get Webhook with Token"). */
    ObjectNode bodyByToken() {
        return bodyWithoutToken().put("token", token.value());
    }

    /** What the audit log may tell of it. */
    ObjectNode audited() {
        ObjectNode audited = Json.object();
        audited.put("type", INCOMING);
        audited.put("name", name);
        audited.put("channel_id", channelId.toString());
        audited.put("avatar_hash", avatar);
        audited.put("application_id", applicationId == null ? null : applicationId.toString());
        return audited;
    }

    private ObjectNode bodyWithoutToken() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("type", INCOMING);
        body.put("guild_id", guildId.toString());
        body.put("channel_id", channelId.toString());
        body.put("name", name);
        body.put("avatar", avatar);
        body.put("application_id", applicationId == null ? null : applicationId.toString());
        return body;
    }
}
