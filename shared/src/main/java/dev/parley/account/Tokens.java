package dev.parley.account;

import dev.parley.fanout.Event;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.redis.Cache;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Access and refresh tokens. Tokens that come from one sign-in are a family. A refresh token works once; using it again
 * revokes its family, since one of its two users is a thief (RFC 9700, section 4.14.2).
 *
 * <p>A token that was revoked is refused at once; one that has expired may pass for as long as the cache keeps its owner.
 *
 * <p>Thread-safe.
 */
public final class Tokens implements Authenticator {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Supplier<SecureRandom> random;
    private final Cache<Principal> cache;
    private final RevocationListener listener;
    private final @Nullable RevocationEvents events;
    private final Duration accessLifetime;
    private final Duration refreshLifetime;

    /**
     * Tokens in a database.
     *
     * @param cache principals by the hash of their token
     * @param events tells the other Region of what is revoked; null where there is none
     */
    public Tokens(
            Database database,
            SnowflakeGenerator ids,
            Supplier<SecureRandom> random,
            Cache<Principal> cache,
            RevocationListener listener,
            @Nullable RevocationEvents events,
            Duration accessLifetime,
            Duration refreshLifetime) {
        this.database = database;
        this.ids = ids;
        this.random = random;
        this.cache = cache;
        this.listener = listener;
        this.events = events;
        this.accessLifetime = accessLifetime;
        this.refreshLifetime = refreshLifetime;
    }

    @Override
    public @Nullable Principal authenticate(String text, Runnable beforeLookup) {
        String token = TokenText.strip(text);
        if (token == null) {
            return null;
        }
        byte[] hash = TokenText.hash(token);
        return cache.get(HexFormat.of().formatHex(hash), () -> {
            beforeLookup.run();
            return find(hash);
        });
    }

    @Override
    public @Nullable String digest(String text) {
        String token = TokenText.strip(text);
        return token == null ? null : HexFormat.of().formatHex(TokenText.hash(token));
    }

    /** Signs a user in, in the caller's transaction. */
    public TokenPair open(Handle transaction, Snowflake userId) {
        return issue(transaction, openFamily(transaction, userId), userId);
    }

    /**
     * Trades a refresh token for a new pair.
     *
     * @throws ApiException {@code INVALID_AUTHENTICATION_TOKEN} if it is unknown, expired, revoked or used before
     */
    public TokenPair refresh(String refreshToken) {
        String token = TokenText.strip(refreshToken);
        TokenPair pair = token == null ? null : rotate(TokenText.hash(token));
        if (pair == null) {
            throw new ApiException(ErrorCode.INVALID_AUTHENTICATION_TOKEN);
        }
        return pair;
    }

    /** Ends a sign-in: all tokens of the family are refused from now on. */
    public void revoke(Snowflake familyId) {
        forget(database.transaction(handle -> revoke(handle, familyId)));
    }

    /**
     * Ends all sign-ins of a user, and a bot's tokens, in the caller's transaction, after whose commit {@link #forget} is
     * to be called.
     */
    public Revoked revokeAll(Handle transaction, Snowflake userId) {
        List<byte[]> hashes =
                transaction.select("""
                        DELETE FROM access_tokens WHERE family_id IN (
                          SELECT id FROM token_families WHERE user_id = ?) RETURNING hash
                        """, userId.value()).mapTo(byte[].class).list();
        transaction.execute("DELETE FROM token_families WHERE user_id = ?", userId.value());
        return revoked(transaction, userId, hashes);
    }

    /** Lets what was revoked take effect everywhere: the caches forget it, and its sessions end. */
    public void forget(Revoked revoked) {
        evict(revoked.digests());
        listener.revoked(revoked.userId(), revoked.digests());
        Event event = revoked.event();
        if (event != null && events != null) {
            events.publish(event);
        }
    }

    /** Has the owners of tokens looked up again. */
    public void evict(List<String> digests) {
        digests.forEach(cache::evict);
    }

    /** Gives a bot a token that does not expire, in the caller's transaction. */
    public String openForBot(Handle transaction, Snowflake botId) {
        return issueAccess(transaction, openFamily(transaction, botId), botId, null);
    }

    /** Replaces a bot's tokens. */
    public String resetForBot(Snowflake botId) {
        record Reset(String token, Revoked revoked) {}
        Reset reset = database.transaction(handle -> {
            Revoked revoked = revokeAll(handle, botId);
            return new Reset(openForBot(handle, botId), revoked);
        });
        forget(reset.revoked());
        return reset.token();
    }

    private Snowflake openFamily(Handle transaction, Snowflake userId) {
        Snowflake familyId = ids.next();
        transaction.execute("INSERT INTO token_families (id, user_id) VALUES (?, ?)", familyId.value(), userId.value());
        return familyId;
    }

    private TokenPair issue(Handle transaction, Snowflake familyId, Snowflake userId) {
        String access = issueAccess(transaction, familyId, userId, accessLifetime);
        String refresh = TokenText.generate(userId, random.get());
        transaction.execute(
                "INSERT INTO refresh_tokens (hash, family_id, expires_at)"
                        + " VALUES (?, ?, now() + make_interval(secs => ?))",
                TokenText.hash(refresh),
                familyId.value(),
                (double) refreshLifetime.toSeconds());
        return new TokenPair(access, refresh, accessLifetime.toSeconds());
    }

    private String issueAccess(Handle transaction, Snowflake familyId, Snowflake userId, @Nullable Duration lifetime) {
        String token = TokenText.generate(userId, random.get());
        transaction.execute(
                "INSERT INTO access_tokens (hash, family_id, expires_at)"
                        + " VALUES (?, ?, now() + make_interval(secs => ?))",
                TokenText.hash(token),
                familyId.value(),
                lifetime == null ? null : (double) lifetime.toSeconds());
        return token;
    }

    private @Nullable TokenPair rotate(byte[] hash) {
        record Outcome(@Nullable TokenPair pair, @Nullable Revoked revoked) {}
        record Row(long familyId, long userId, boolean used, boolean valid) {}
        Outcome outcome = database.transaction(handle -> {
            // Locks the row, so that of two refreshes with one token the second finds it used.
            Row row = handle.select("""
                            SELECT f.id, f.user_id, t.used_at IS NOT NULL AS used,
                                   f.revoked_at IS NULL AND t.expires_at > now() AS valid
                            FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id
                            WHERE t.hash = ? FOR UPDATE
                            """, hash)
                    .map((rs, context) -> new Row(rs.getLong(1), rs.getLong(2), rs.getBoolean(3), rs.getBoolean(4)))
                    .findOne()
                    .orElse(null);
            if (row == null || !row.valid()) {
                return new Outcome(null, null);
            }
            Snowflake familyId = new Snowflake(row.familyId());
            if (row.used()) {
                return new Outcome(null, revoke(handle, familyId));
            }
            handle.execute("UPDATE refresh_tokens SET used_at = now() WHERE hash = ?", hash);
            return new Outcome(issue(handle, familyId, new Snowflake(row.userId())), null);
        });
        Revoked revoked = outcome.revoked();
        if (revoked != null) {
            forget(revoked);
        }
        return outcome.pair();
    }

    /**
     * Tokens of a user that are refused from now on.
     *
     * @param digests as {@link #digest} gives them
     * @param event what the other Region hears of it by; null if there is nothing to hear, or no other Region
     */
    public record Revoked(
            Snowflake userId,
            List<String> digests,
            @Nullable Event event) {}

    private Revoked revoked(Handle transaction, Snowflake userId, List<byte[]> hashes) {
        List<String> digests = hashes.stream().map(HexFormat.of()::formatHex).toList();
        Event event = events == null || digests.isEmpty() ? null : events.add(transaction, userId, digests);
        return new Revoked(userId, digests, event);
    }

    private Revoked revoke(Handle handle, Snowflake familyId) {
        Snowflake userId = handle.select(
                        "UPDATE token_families SET revoked_at = coalesce(revoked_at, now()) WHERE id = ? RETURNING user_id",
                        familyId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .findOne()
                .orElse(new Snowflake(0));
        return revoked(
                handle,
                userId,
                handle.select("DELETE FROM access_tokens WHERE family_id = ? RETURNING hash", familyId.value())
                        .mapTo(byte[].class)
                        .list());
    }

    private @Nullable Principal find(byte[] hash) {
        return database.query(handle -> handle.select("""
                        SELECT f.user_id, u.bot, f.id
                        FROM access_tokens t
                        JOIN token_families f ON f.id = t.family_id
                        JOIN users u ON u.id = f.user_id
                        WHERE t.hash = ? AND f.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
                        """, hash)
                .map((rs, context) ->
                        new Principal(new Snowflake(rs.getLong(1)), rs.getBoolean(2), new Snowflake(rs.getLong(3))))
                .findOne()
                .orElse(null));
    }
}
