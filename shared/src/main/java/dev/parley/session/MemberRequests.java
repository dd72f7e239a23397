package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.guild.Member;
import dev.parley.guild.MemberChunks;
import dev.parley.guild.MemberSearch;
import dev.parley.presence.Presence;
import dev.parley.presence.PresenceStore;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.redis.Redis;
import dev.parley.session.Delivery.Delivered;
import dev.parley.snowflake.Snowflake;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers op 8: GUILD_MEMBERS_CHUNKs through the session's log, one after the other as the client takes them. A client that
 * does not gets no more, since a session with too much unsent ends.
 *
 * <p>Thread-safe.
 */
public final class MemberRequests {

    private static final Logger log = LoggerFactory.getLogger(MemberRequests.class);

    /** Leaves a function of 29 s the time to finish what is begun. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** Frames that may wait unsent for one more to be added: some hundreds of kilobytes of the 4 MiB that may wait. */
    private static final int MOST_UNSENT = 4;

    private static final long LOOK_AGAIN_MS = 50;

    /** Below what API Gateway carries by the frame around the data; {@link MemberChunks#BYTES} is well below it. */
    private static final int MAX_BYTES = 120 * 1024;

    /** Room for a presence without what the user does: a status on three platforms, an id of 19 digits. */
    private static final int BRIEF_BYTES = 170;

    private final Redis redis;
    private final MemberSearch members;
    private final Recipients recipients;
    private final PresenceStore presences;
    private final Delivery delivery;
    private final RateLimiter limiter;
    private final Clock clock;

    public MemberRequests(
            Redis redis,
            MemberSearch members,
            Recipients recipients,
            PresenceStore presences,
            Delivery delivery,
            RateLimiter limiter,
            Clock clock) {
        this.redis = redis;
        this.members = members;
        this.recipients = recipients;
        this.presences = presences;
        this.delivery = delivery;
        this.limiter = limiter;
        this.clock = clock;
    }

    /**
     * Answers op 8. Nothing is sent to who may not ask: without the intent for members who asks for all, in a guild that the
     * user is not in or that another shard hears of, over the rate limit. All is on its way when it returns, unless the
     * client takes too long.
     *
     * @param data op 8's {@code d}
     */
    public void answer(Recipient session, JsonNode data) {
        MemberRequest request = MemberRequest.read(data, session.intents());
        if (request == null || !session.covers(request.guildId()) || !allowed(session, request)) {
            return;
        }
        if (members.isMember(request.guildId(), session.userId())) {
            send(session, request, find(request), clock.millis() + LONGEST.toMillis());
        }
    }

    private boolean allowed(Recipient session, MemberRequest request) {
        return !request.everybody()
                || limiter.take(Limit.REQUEST_MEMBERS, session.userId() + ":" + request.guildId())
                        .decision()
                        .allowed();
    }

    /** What a request finds. */
    private record Found(MemberChunks chunks, List<String> notFound, Predicate<Snowflake> mayBeOnline) {}

    private Found find(MemberRequest request) {
        int reserve = request.presences() ? BRIEF_BYTES : 0;
        Snowflake guildId = request.guildId();
        String query = request.query();
        if (query == null) {
            List<Member> found = members.of(guildId, ids(request));
            Set<String> present = new HashSet<>();
            found.forEach(member -> present.add(member.user().id().toString()));
            List<String> notFound = new ArrayList<>(request.userIds());
            notFound.removeAll(present);
            return new Found(MemberChunks.of(found, reserve), notFound, id -> true);
        }
        if (request.everybody()) {
            MemberChunks all = members.all(guildId, request.limit(), reserve);
            Set<Snowflake> withSessions =
                    request.presences() ? recipients.usersOfGuild(guildId, Integer.MAX_VALUE) : Set.of();
            return new Found(all, List.of(), withSessions::contains);
        }
        List<Member> named = members.named(guildId, query, request.limit());
        return new Found(MemberChunks.of(named, reserve), List.of(), id -> true);
    }

    private static List<Snowflake> ids(MemberRequest request) {
        return request.userIds().stream()
                .map(Snowflake::parseOrNull)
                .filter(Objects::nonNull)
                .toList();
    }

    private void send(Recipient session, MemberRequest request, Found found, long endMillis) {
        int count = Math.max(1, found.chunks().count());
        for (int index = 0; index < count; index++) {
            if (!awaitRoom(session.sessionId(), endMillis)) {
                log.info(
                        "Session {} gets {} of {} chunks of members: it does not take more",
                        session.sessionId(),
                        index,
                        count);
                return;
            }
            List<Member> part =
                    found.chunks().count() == 0 ? List.of() : found.chunks().get(index);
            ObjectNode data = Json.object();
            data.put("guild_id", request.guildId().toString());
            data.put("chunk_index", index);
            data.put("chunk_count", count);
            if (index == 0 && !found.notFound().isEmpty()) {
                ArrayNode notFound = data.putArray("not_found");
                found.notFound().forEach(notFound::add);
            }
            if (request.nonce() != null) {
                data.put("nonce", request.nonce());
            }
            fill(data, request, part, found.mayBeOnline());
            Delivered delivered = redis.await(delivery.deliver(
                    session.sessionId(),
                    Place.unnumbered("members"),
                    DispatchType.GUILD_MEMBERS_CHUNK,
                    Json.text(data)));
            if (!delivered.known()) {
                return;
            }
            await(delivered.sending(), endMillis);
        }
    }

    /**
     * Puts members and presences into a chunk. What the users do is left out where it does not fit; a member is, only if
     * members have grown between two looks.
     */
    private void fill(ObjectNode data, MemberRequest request, List<Member> part, Predicate<Snowflake> mayBeOnline) {
        ArrayNode list = data.putArray("members");
        Map<Snowflake, Presence> online = request.presences()
                ? presences.visible(part.stream()
                        .map(member -> member.user().id())
                        .filter(mayBeOnline)
                        .toList())
                : Map.of();
        int room = MAX_BYTES - Json.bytes(data).length - online.size() * BRIEF_BYTES;
        List<Snowflake> listed = new ArrayList<>();
        for (Member member : part) {
            ObjectNode body = member.body();
            room -= Json.bytes(body).length + 1;
            if (room < 0) {
                log.warn("A chunk of members of guild {} does not hold all that it should", request.guildId());
                break;
            }
            list.add(body);
            listed.add(member.user().id());
        }
        if (!request.presences()) {
            return;
        }
        ArrayNode shown = data.putArray("presences");
        for (Snowflake userId : listed) {
            Presence presence = online.get(userId);
            if (presence != null) {
                ObjectNode full = presence.body(userId);
                int more = Json.bytes(full).length + 1 - BRIEF_BYTES;
                boolean fits = more <= room;
                shown.add(fits ? full : presence.brief().body(userId));
                room -= fits ? Math.max(0, more) : 0;
            }
        }
    }

    /** Waits until little is left to send; false if that takes too long, or the session is gone. */
    private boolean awaitRoom(String sessionId, long endMillis) {
        long unsent = delivery.unsent(sessionId);
        while (unsent > MOST_UNSENT && clock.millis() < endMillis) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MS));
            unsent = delivery.unsent(sessionId);
        }
        return unsent >= 0 && unsent <= MOST_UNSENT;
    }

    private void await(CompletableFuture<Void> sending, long endMillis) {
        try {
            sending.get(Math.max(1, endMillis - clock.millis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("A session is still being sent to; what is left waits in its log");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sending never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
