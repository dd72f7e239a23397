package dev.parley.channel;

import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.GroupRows.Group;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.relationship.RelationshipRows;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A group that one of its users is about to change.
 *
 * @param recipients its users, in the order of their ids
 */
record LockedGroup(Channel channel, Group group, List<Snowflake> recipients) {

    /**
     * Takes the channel's row until the transaction ends.
     *
     * @throws ApiException {@code UNKNOWN_CHANNEL} if it is no group, or the user is not in it any more
     */
    static LockedGroup take(Handle transaction, Snowflake channelId, Snowflake userId) {
        if (!GroupRows.lock(transaction, channelId)) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
        Group group =
                GroupRows.find(transaction, channelId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
        List<Snowflake> recipients = GroupRows.recipients(transaction, channelId);
        if (!recipients.contains(userId)) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
        return new LockedGroup(ChannelRows.find(transaction, channelId), group, recipients);
    }

    /**
     * Passes if a user may bring others into a group: people whom the user may address.
     *
     * @throws ApiException {@code INVALID_RECIPIENTS}
     */
    static void requireInvitable(Handle handle, Snowflake userId, Collection<Snowflake> others) {
        Map<Snowflake, User> known = Accounts.users(handle, others);
        boolean people = others.stream()
                .allMatch(other -> known.containsKey(other) && !known.get(other).bot());
        if (!people || !RelationshipRows.reachable(handle, userId, others).containsAll(others)) {
            throw new ApiException(ErrorCode.INVALID_RECIPIENTS);
        }
    }
}
