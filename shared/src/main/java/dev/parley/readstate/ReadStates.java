package dev.parley.readstate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Principal;
import dev.parley.channel.Channel;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.readstate.ReadStateRows.Candidate;
import dev.parley.readstate.ReadStateRows.Unseen;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far users have read. Only acknowledging writes: what is unread, and what of it mentions the user, is counted when
 * it is asked for, over an index of the messages that mention somebody. So a message that mentions everyone costs its
 * sender no more than another, however many members there are.
 *
 * <p>Only people have read states. Thread-safe.
 */
public final class ReadStates {

    /** Some 40 KB of the 128 KB that API Gateway carries in a message (API Gateway quotas). */
    private static final int IN_READY = 400;

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final Database database;
    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public ReadStates(
            Database database,
            ContentDatabase content,
            SnowflakeGenerator ids,
            Channels channels,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.content = content;
        this.ids = ids;
        this.channels = channels;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Notes that the caller has read a channel up to a message, or up to the newest one before it if that is deleted. What
     * was read stays so, unless {@code manual} is set. The caller's sessions hear of it if it changes anything.
     *
     * @param form {@code manual}
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE} if the channel has none so old; {@code
     *     BOTS_CANNOT_USE}
     */
    public void acknowledge(Principal caller, Snowflake channelId, Snowflake messageId, Form form) {
        boolean manual = form.flag("manual", false);
        form.check();
        requirePerson(caller);
        Snowflake userId = caller.userId();
        Channel channel = channels.access(channelId, userId).channel();
        Snowflake read = content.query(
                        channel.shard(), there -> ReadStateRows.newestUpTo(there.handle(), channelId, messageId))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
        Optional<Event> event = database.transaction(handle -> {
            if (!ReadStateRows.put(handle, userId, channelId, read, manual)) {
                return Optional.empty();
            }
            ObjectNode data = Json.object();
            data.put("channel_id", channelId.toString());
            data.put("message_id", read.toString());
            if (manual) {
                data.put("manual", true);
            }
            Event acknowledged = new Event(ids.next(), DispatchType.MESSAGE_ACK, new Audience.User(userId, null), data);
            outbox.add(handle, acknowledged);
            return Optional.of(acknowledged);
        });
        event.ifPresent(publisher::publish);
    }

    /**
     * The read states of the channels that the caller sees, page by page in the order of the channels' ids: {@code
     * {read_states, after}}, where {@code after} asks for the next page and is null with the last one. A page may have
     * fewer than its limit.
     *
     * @param after the channel behind which the page begins; null for the first
     * @param limit 1 to 500, by default 100
     * @throws ApiException {@code INVALID_FORM_BODY}; {@code BOTS_CANNOT_USE}
     */
    public ObjectNode list(Principal caller, @Nullable String after, @Nullable String limit) {
        requirePerson(caller);
        Snowflake from = after == null ? new Snowflake(0) : Snowflake.parseOrNull(after);
        if (from == null) {
            throw Form.refusal("after", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        Snowflake size = limit == null ? new Snowflake(DEFAULT_LIMIT) : Snowflake.parseOrNull(limit);
        if (size == null || size.value() < 1 || size.value() > MAX_LIMIT) {
            throw Form.refusal("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 500.");
        }
        int asked = (int) size.value();
        List<Candidate> page = database.query(handle -> ReadStateRows.page(handle, caller.userId(), from, asked));
        ObjectNode body = Json.object();
        ArrayNode states = body.putArray("read_states");
        states(caller.userId(), page).forEach(state -> states.add(state.body()));
        Snowflake last = page.size() < asked ? null : page.getLast().channel().id();
        body.put("after", last == null ? null : last.toString());
        return body;
    }

    /**
     * The read states that READY carries to a person: of the channels that were acknowledged or have something new, the
     * 400 with the newest messages. The rest is in {@link #list}.
     */
    public ArrayNode ofReady(Snowflake userId) {
        ArrayNode entries = Json.array();
        states(userId, database.query(handle -> ReadStateRows.newest(handle, userId, IN_READY)))
                .forEach(state -> entries.add(state.entry()));
        return entries;
    }

    /** The read states of those channels that the user sees. */
    private List<ReadState> states(Snowflake userId, List<Candidate> candidates) {
        List<Candidate> visible = candidates.stream().filter(Candidate::visible).toList();
        Map<Snowflake, Unseen> unseen = new HashMap<>();
        content.queryAll(
                        visible.stream()
                                // Of messages on another cluster the directory hears a moment later.
                                .filter(one -> one.isNew()
                                        || !content.isWithDirectory(
                                                one.channel().shard()))
                                .toList(),
                        one -> one.channel().shard(),
                        (there, some) -> ReadStateRows.unseen(there.handle(), userId, some))
                .forEach(one -> unseen.put(one.channelId(), one));
        List<ReadState> states = new ArrayList<>(visible.size());
        for (Candidate one : visible) {
            Channel channel = one.channel();
            Unseen since = unseen.getOrDefault(channel.id(), new Unseen(channel.id(), false, 0, null));
            states.add(new ReadState(
                    channel.id(),
                    channel.guildId(),
                    one.acknowledged(),
                    later(channel.lastMessageId(), since.newest()),
                    since.unread(),
                    since.mentions()));
        }
        return states;
    }

    private static @Nullable Snowflake later(@Nullable Snowflake one, @Nullable Snowflake other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    private static void requirePerson(Principal caller) {
        if (caller.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
    }
}
