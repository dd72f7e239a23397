package dev.parley.session;

import dev.parley.redis.Redis;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which sessions hear of a guild, and which a user has. A session that has ended without leaving is taken out by the
 * fan-out that finds it gone.
 *
 * <p>Thread-safe.
 */
public final class Recipients {

    private final Redis redis;

    public Recipients(Redis redis) {
        this.redis = redis;
    }

    /** Adds a session to its user's. */
    public void addToUser(Recipient recipient) {
        redis.await(redis.commands().hset(userKey(recipient.userId()), recipient.sessionId(), recipient.encode()));
    }

    /** Adds a session to guilds. When it returns, every event published from then on finds the session. */
    public void addToGuilds(Recipient recipient, Collection<Snowflake> guildIds) {
        await(guildIds.stream()
                .map(guildId -> redis.commands()
                        .hset(guildKey(guildId), recipient.sessionId(), recipient.encode())
                        .toCompletableFuture())
                .toList());
    }

    /** Takes a session out of its user's and of guilds. */
    public void remove(String sessionId, Snowflake userId, Collection<Snowflake> guildIds) {
        List<CompletableFuture<?>> removals = new ArrayList<>();
        removals.add(redis.commands().hdel(userKey(userId), sessionId).toCompletableFuture());
        guildIds.forEach(guildId ->
                removals.add(redis.commands().hdel(guildKey(guildId), sessionId).toCompletableFuture()));
        await(removals);
    }

    /** The sessions of a guild's members. */
    public List<Recipient> ofGuild(Snowflake guildId) {
        return decode(redis.await(redis.commands().hgetall(guildKey(guildId))));
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

    private static String guildKey(Snowflake guildId) {
        return "guild:{" + guildId + "}:sessions";
    }

    private static String userKey(Snowflake userId) {
        return "user:{" + userId + "}:sessions";
    }
}
