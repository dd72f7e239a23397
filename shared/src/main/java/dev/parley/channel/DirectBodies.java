package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.GroupRows.Group;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Direct-message channels as one of their users sees them: the recipients are the others. */
final class DirectBodies {

    private DirectBodies() {}

    /** The channel, whose group and users are read in the caller's transaction. */
    static ObjectNode read(Handle handle, Channel channel, List<Snowflake> recipients, Snowflake viewer) {
        Group group = channel.type() == Channel.GROUP
                ? GroupRows.find(handle, channel.id()).orElse(null)
                : null;
        return of(channel, group, recipients, Accounts.users(handle, recipients), viewer);
    }

    /**
     * The channel with what was read before.
     *
     * @param group null for a channel of two, and for somebody's saved messages
     */
    static ObjectNode of(
            Channel channel,
            @Nullable Group group,
            List<Snowflake> recipients,
            Map<Snowflake, User> users,
            Snowflake viewer) {
        ObjectNode body = channel.directBody(recipients.stream()
                .filter(user -> recipients.size() == 1 || !user.equals(viewer))
                .map(users::get)
                .filter(Objects::nonNull)
                .toList());
        if (group != null) {
            body.put("type", Channel.GROUP);
            body.put("name", channel.name());
            body.put("icon", group.icon());
            body.put("owner_id", group.ownerId().toString());
        }
        return body;
    }
}
