package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user in a guild.
 *
 * @param timedOutUntil when the member may act again; null, or in the past, for a member who may
 */
public record Member(
        User user,
        @Nullable String nick,
        List<Snowflake> roles,
        Instant joinedAt,
        @Nullable Instant timedOutUntil) {

    /** The same member with another nick and other roles. */
    Member with(@Nullable String newNick, List<Snowflake> newRoles) {
        return new Member(user, newNick, newRoles, joinedAt, timedOutUntil);
    }

    /** The same member, who may not act until then; null for at once. */
    Member timedOutUntil(@Nullable Instant until) {
        return new Member(user, nick, roles, joinedAt, until);
    }

    /** The member as clients see it (Discord documentation, "Guild Member Object"). */
    public ObjectNode body() {
        ObjectNode body = bodyWithoutUser();
        body.set("user", Json.tree(user));
        return body;
    }

    /** The member beside a message, whose author is the user already. */
    public ObjectNode bodyWithoutUser() {
        ObjectNode body = Json.object();
        body.put("nick", nick);
        body.putNull("avatar");
        body.putNull("banner");
        ArrayNode roleIds = body.putArray("roles");
        roles.forEach(role -> roleIds.add(role.toString()));
        body.put("joined_at", joinedAt.toString());
        body.putNull("premium_since");
        body.put("deaf", false);
        body.put("mute", false);
        body.put("flags", 0);
        body.put("pending", false);
        body.put("communication_disabled_until", timedOutUntil == null ? null : timedOutUntil.toString());
        return body;
    }
}
