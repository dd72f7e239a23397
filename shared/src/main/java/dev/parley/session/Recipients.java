package dev.parley.session;

import dev.parley.protocol.Intent;
import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.redis.RedisUnavailableException;
import dev.parley.snowflake.Snowflake;
import io.lettuce.core.KeyValue;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Which sessions hear of a guild, and which a user has. A session that has ended without leaving is taken out by the
 * fan-out that finds it gone.
 *
 * <p>Thread-safe.
 */
public final class Recipients {

    /** Copies of some 20 MB. */
    private static final int MAX_COPIED = 200_000;

    /** Longer than an event is under way in the queue of deliveries while all is well. */
    private static final Duration EMPTY_KEPT = Duration.ofHours(1);

    private static final int TRIES = 8;

    private static final RedisScript SUBSCRIBE = RedisScript.fromResource("lua/subscribe.lua");
    private static final RedisScript UNSUBSCRIBE = RedisScript.fromResource("lua/unsubscribe.lua");

    private final Redis redis;
    private final Supplier<SecureRandom> random;
    private final int chunkSize;
    private final RecipientCopies copies = new RecipientCopies(MAX_COPIED);

    /**
     * The recipients in Redis.
     *
     * @param chunkSize sessions that one key should hold, some times as many at the most; a guild with more is large
     */
    public Recipients(Redis redis, Supplier<SecureRandom> random, int chunkSize) {
        this.redis = redis;
        this.random = random;
        this.chunkSize = chunkSize;
    }

    /** Adds a session to its user's. */
    public void addToUser(Recipient recipient) {
        redis.await(redis.commands().hset(userKey(recipient.userId()), recipient.sessionId(), recipient.encode()));
    }

    /** Adds a session to guilds. When it returns, every event published from then on finds the session. */
    public void addToGuilds(Recipient recipient, Collection<Snowflake> guildIds) {
        await(guildIds.stream()
                .map(guildId -> subscribe(recipient, guildId, 1, TRIES).toCompletableFuture())
                .toList());
    }

    /** Takes a session out of its user's and of guilds. */
    public void remove(String sessionId, Snowflake userId, Collection<Snowflake> guildIds) {
        List<CompletableFuture<?>> removals = new ArrayList<>();
        removals.add(redis.commands().hdel(userKey(userId), sessionId).toCompletableFuture());
        guildIds.forEach(guildId ->
                removals.add(unsubscribe(sessionId, guildId, 1, TRIES).toCompletableFuture()));
        await(removals);
    }

    /** Takes a session out of guilds only. */
    public void removeFromGuilds(String sessionId, Collection<Snowflake> guildIds) {
        await(guildIds.stream()
                .map(guildId -> unsubscribe(sessionId, guildId, 1, TRIES).toCompletableFuture())
                .toList());
    }

    /** The sessions of a guild's members; of a large guild none are loaded, since no one delivers to all of them. */
    public GuildRecipients ofGuild(Snowflake guildId) {
        return read(guildId, -1);
    }

    /**
     * Some of the sessions of a large guild's members.
     *
     * @param partition 0 to {@link GuildRecipients#PARTITIONS} - 1
     */
    public GuildRecipients ofGuild(Snowflake guildId, int partition) {
        return read(guildId, partition);
    }

    /**
     * Users who have sessions that hear of a guild.
     *
     * @param most when to stop looking for more; of a large guild only as many parts are read as it takes
     */
    public Set<Snowflake> usersOfGuild(Snowflake guildId, int most) {
        GuildRecipients recipients = ofGuild(guildId);
        Set<Snowflake> users = new LinkedHashSet<>();
        add(recipients.all(), users, most);
        for (int partition = 0;
                recipients.large() && users.size() < most && partition < GuildRecipients.PARTITIONS;
                partition++) {
            add(ofGuild(guildId, partition).ofPartition(partition), users, most);
        }
        return users;
    }

    /** How many sessions hear of each guild; all are read at once. */
    public Map<Snowflake, Long> sessionsIn(Collection<Snowflake> guildIds) {
        Map<Snowflake, Long> sizes = new HashMap<>();
        listenersIn(guildIds).forEach((guildId, listeners) -> sizes.put(guildId, listeners.all()));
        return sizes;
    }

    /**
     * Sessions that hear of a guild.
     *
     * @param all how many there are
     * @param ofPresences how many of them have the intent for presences; all, if nobody has counted them since the guild had
     *     none
     */
    public record Listeners(long all, long ofPresences) {}

    /** As {@link #sessionsIn}, with those that hear of presences apart. */
    public Map<Snowflake, Listeners> listenersIn(Collection<Snowflake> guildIds) {
        Map<Snowflake, CompletionStage<List<KeyValue<String, String>>>> answers = new LinkedHashMap<>();
        guildIds.forEach(
                guildId -> answers.put(guildId, redis.commands().hmget(directoryKey(guildId), "size", "presences")));
        Map<Snowflake, Listeners> listeners = new HashMap<>();
        answers.forEach((guildId, answer) -> {
            List<KeyValue<String, String>> counts = redis.await(answer);
            String all = counts.getFirst().getValueOrElse("0");
            listeners.put(
                    guildId,
                    new Listeners(
                            Long.parseLong(all), Long.parseLong(counts.getLast().getValueOrElse(all))));
        });
        return listeners;
    }

    /** The sessions of users. */
    public List<Recipient> ofUsers(Collection<Snowflake> userIds) {
        List<CompletionStage<Map<String, String>>> answers = new ArrayList<>();
        for (Snowflake userId : userIds) {
            answers.add(redis.commands().hgetall(userKey(userId)));
        }
        List<Recipient> recipients = new ArrayList<>();
        answers.forEach(answer -> recipients.addAll(decode(redis.await(answer))));
        return recipients;
    }

    /** Reads what a guild has until its chunks do not change meanwhile: a chunk that is split hides sessions. */
    private GuildRecipients read(Snowflake guildId, int partition) {
        Map<String, String> directory = redis.await(redis.commands().hgetall(directoryKey(guildId)));
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int chunks = Integer.parseInt(directory.getOrDefault("chunks", "1"));
            boolean large = directory.containsKey("large");
            List<Integer> wanted = partition >= 0
                    ? Chunks.ofPartition(partition, chunks)
                    : large ? List.of() : IntStream.range(0, chunks).boxed().toList();
            TreeMap<Integer, List<Recipient>> loaded = new TreeMap<>();
            boolean asked = load(guildId, directory, wanted, loaded);
            Map<String, String> after =
                    asked ? redis.await(redis.commands().hgetall(directoryKey(guildId))) : directory;
            if (chunks == Integer.parseInt(after.getOrDefault("chunks", "1"))) {
                return new GuildRecipients(large, chunks, loaded);
            }
            directory = after;
        }
        throw new RedisUnavailableException(
                "The recipients of guild " + guildId + " kept changing", new IllegalStateException("no quiet moment"));
    }

    /** Loads chunks, from copies where they hold; returns whether Redis was asked. */
    private boolean load(
            Snowflake guildId,
            Map<String, String> directory,
            List<Integer> wanted,
            Map<Integer, List<Recipient>> loaded) {
        Map<Integer, CompletionStage<Map<String, String>>> answers = new TreeMap<>();
        for (int chunk : wanted) {
            List<Recipient> copy = copies.find(guildId, chunk, version(directory, chunk));
            if (copy == null) {
                answers.put(chunk, redis.commands().hgetall(chunkKey(guildId, chunk)));
            } else {
                loaded.put(chunk, copy);
            }
        }
        answers.forEach((chunk, answer) -> {
            List<Recipient> recipients = List.copyOf(decode(redis.await(answer)));
            // What was read may be newer than its version says; it is then read again, and never taken for older.
            copies.put(guildId, chunk, version(directory, chunk), recipients);
            loaded.put(chunk, recipients);
        });
        return !answers.isEmpty();
    }

    private CompletionStage<Long> subscribe(Recipient recipient, Snowflake guildId, int chunks, int tries) {
        int chunk = Chunks.of(recipient.sessionId(), chunks);
        byte[] epoch = new byte[8];
        random.get().nextBytes(epoch);
        return redis.runLong(
                        SUBSCRIBE,
                        List.of(
                                directoryKey(guildId),
                                chunkKey(guildId, chunk),
                                chunkKey(guildId, Chunks.nextToSplit(chunks)),
                                chunkKey(guildId, chunks)),
                        recipient.sessionId(),
                        recipient.encode(),
                        Integer.toString(chunks),
                        Integer.toString(chunk),
                        Integer.toString(chunkSize),
                        Integer.toString(chunkSize),
                        HexFormat.of().formatHex(epoch),
                        Intent.GUILD_PRESENCES.in(recipient.intents()) ? "1" : "0")
                .thenCompose(now ->
                        now == 0 || tries == 0 ? done(now) : subscribe(recipient, guildId, now.intValue(), tries - 1));
    }

    private CompletionStage<Long> unsubscribe(String sessionId, Snowflake guildId, int chunks, int tries) {
        int chunk = Chunks.of(sessionId, chunks);
        return redis.runLong(
                        UNSUBSCRIBE,
                        List.of(directoryKey(guildId), chunkKey(guildId, chunk)),
                        sessionId,
                        Integer.toString(chunks),
                        Integer.toString(chunk),
                        Long.toString(EMPTY_KEPT.toMillis()),
                        Long.toString(Intent.GUILD_PRESENCES.mask()))
                .thenCompose(now -> now == 0 || tries == 0
                        ? done(now)
                        : unsubscribe(sessionId, guildId, now.intValue(), tries - 1));
    }

    private static CompletionStage<Long> done(long outcome) {
        return outcome == 0
                ? CompletableFuture.completedFuture(0L)
                : CompletableFuture.failedFuture(new RedisUnavailableException(
                        "A guild's recipients kept changing", new IllegalStateException(outcome + " chunks")));
    }

    private static void add(List<Recipient> recipients, Set<Snowflake> users, int most) {
        for (Recipient recipient : recipients) {
            if (users.size() == most) {
                return;
            }
            users.add(recipient.userId());
        }
    }

    private static List<Recipient> decode(Map<String, String> fields) {
        List<Recipient> recipients = new ArrayList<>(fields.size());
        fields.forEach((sessionId, text) -> {
            Recipient recipient = Recipient.decode(sessionId, text);
            if (recipient != null) {
                recipients.add(recipient);
            }
        });
        return recipients;
    }

    private void await(List<? extends CompletableFuture<?>> futures) {
        redis.await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    }

    /** A chunk's version: counts start anew when Redis has lost them, and the epoch tells those apart. */
    private static String version(Map<String, String> directory, int chunk) {
        return directory.getOrDefault("epoch", "") + ":" + directory.getOrDefault("v" + chunk, "0");
    }

    private static String directoryKey(Snowflake guildId) {
        return "guild:{" + guildId + "}:recipients";
    }

    private static String chunkKey(Snowflake guildId, int chunk) {
        return directoryKey(guildId) + ":" + chunk;
    }

    private static String userKey(Snowflake userId) {
        return "user:{" + userId + "}:sessions";
    }
}
