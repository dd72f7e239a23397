package dev.parley.redis;

import dev.parley.iam.ConnectTokens;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;

/** Where Redis is and what opens a connection to it. */
public final class RedisLogin {

    /**
     * What the functions' user may do, as rules of an ACL (Valkey documentation, "ACL"): everything with every key but
     * what is dangerous. A cluster client asks for the cluster's nodes, and for their state.
     */
    public static final String ACCESS = "on ~* +@all -@dangerous +cluster +info";

    private RedisLogin() {}

    /**
     * The address of the settings, with its password, or with a token for each connection where IAM decides who gets in
     * ({@link Setting#REDIS_CACHE}).
     *
     * <p>ElastiCache ends a connection after 12 hours; the client then opens another, with another token.
     *
     * @throws dev.parley.settings.InvalidSettingException if there is no URL
     * @throws IllegalArgumentException if the URL is none of Redis
     */
    public static RedisURI address(Settings settings, ConnectTokens tokens) {
        RedisURI address = RedisURI.create(settings.text(Setting.REDIS_URL));
        String cache = settings.text(Setting.REDIS_CACHE);
        if (!cache.isEmpty()) {
            String user = settings.text(Setting.REDIS_USER);
            address.setCredentialsProvider(RedisCredentialsProvider.from(() ->
                    RedisCredentials.just(user, tokens.forCache(cache, user).value())));
        }
        return address;
    }
}
