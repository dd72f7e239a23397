package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.Member;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.time.Clock;

/**
 * Who is typing. Nothing of it is stored: what the queue does not take, nobody hears of.
 *
 * <p>Thread-safe.
 */
public final class Typing {

    private final Channels channels;
    private final SnowflakeGenerator ids;
    private final EventPublisher publisher;
    private final Clock clock;

    public Typing(Channels channels, SnowflakeGenerator ids, EventPublisher publisher, Clock clock) {
        this.channels = channels;
        this.ids = ids;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Tells those who see a channel that a user has begun to type there; clients show it for 10 s (Discord documentation,
     * "Trigger Typing Indicator").
     *
     * @throws ApiException as {@link Channels#access}; or if the user may not send messages there, or nobody can
     */
    public void begin(Snowflake channelId, Snowflake userId) {
        ChannelAccess access = channels.access(channelId, userId).requireSend();
        ObjectNode data = Json.object();
        data.put("channel_id", channelId.toString());
        data.put("user_id", userId.toString());
        data.put("timestamp", clock.instant().getEpochSecond());
        Snowflake guildId = access.channel().guildId();
        Member member = access.member();
        if (guildId != null && member != null) {
            data.put("guild_id", guildId.toString());
            data.set("member", member.body());
        }
        publisher.offer(new Event(ids.next(), DispatchType.TYPING_START, access.audience(), data));
    }
}
