package dev.parley.account;

import dev.parley.snowflake.Snowflake;
import java.util.List;

/** Hears of tokens that are refused from now on. Implementations are thread-safe, and do not throw. */
public interface RevocationListener {

    /**
     * Tokens were revoked; the database has committed it.
     *
     * @param digests as {@link Authenticator#digest} gives them
     */
    void revoked(Snowflake userId, List<String> digests);
}
