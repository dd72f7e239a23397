package dev.parley.message;

import dev.parley.account.User;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What the system says in a guild's system channel when somebody has joined (Discord documentation, "Message Types",
 * USER_JOIN).
 *
 * <p>Thread-safe.
 */
public final class JoinMessages {

    private final Messages messages;

    public JoinMessages(Messages messages) {
        this.messages = messages;
    }

    /**
     * Says that a user has joined, in the caller's transaction, which has made the user a member.
     *
     * @return the events to publish behind those of the join; none if the guild does not want it
     */
    public List<Event> add(Handle transaction, Snowflake guildId, User user) {
        return Guilds.joinChannel(transaction, guildId)
                .map(channelId -> List.of(messages.post(
                                transaction,
                                new PostedMessage(
                                        channelId,
                                        guildId,
                                        new Audience.Guild(guildId, channelId),
                                        user,
                                        MessageType.USER_JOIN,
                                        MessageDraft.saying(""),
                                        false,
                                        null,
                                        MemberRows.find(transaction, guildId, user.id())
                                                .map(Member::bodyWithoutUser)
                                                .orElse(null),
                                        Json.object()))
                        .event()))
                .orElse(List.of());
    }
}
