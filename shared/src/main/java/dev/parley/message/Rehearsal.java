package dev.parley.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.fanout.Event;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.DispatchType;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.util.List;

/** Somebody who is nobody, in a channel that is none, for what is done once before a snapshot and then taken back. */
final class Rehearsal {

    /** An id that nothing has. */
    static final Snowflake NOWHERE = new Snowflake(0);

    private final Member member =
            new Member(User.of(NOWHERE, "nobody", null, null, false), null, List.of(), Instant.EPOCH, null);

    /** Ends a transaction without a commit. */
    static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        TakenBack() {
            super("A rehearsal", null, false, false);
        }
    }

    /** What a member without any permission but to send may do. */
    ChannelAccess access() {
        Channel channel = new Channel(
                NOWHERE, Channel.TEXT, NOWHERE, "nowhere", null, 0, null, false, 0, null, List.of(), null, 0, null);
        return new ChannelAccess(channel, NOWHERE, Permission.of(Permission.SEND_MESSAGES), member, List.of(), null);
    }

    /** What would tell of a message. */
    Event event(ObjectNode body) {
        return new Event(
                NOWHERE,
                DispatchType.MESSAGE_CREATE,
                access().audience(),
                MessageBodies.eventData(body, NOWHERE, member.bodyWithoutUser()));
    }
}
