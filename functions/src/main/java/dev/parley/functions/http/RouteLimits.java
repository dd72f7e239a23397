package dev.parley.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Principal;
import dev.parley.catalog.HttpRoute;
import dev.parley.edge.Edge;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.ClientAddress;
import dev.parley.ratelimit.Decision;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of HTTP routes, and how clients are told of them (Discord documentation, "Rate Limits").
 *
 * <p>Thread-safe.
 */
final class RouteLimits {

    private final RateLimiter limiter;
    private final Clock clock;
    private final Edge edge;

    RouteLimits(RateLimiter limiter, Clock clock, Edge edge) {
        this.limiter = limiter;
        this.clock = clock;
        this.edge = edge;
    }

    /**
     * What the buckets said of a request.
     *
     * @param route the bucket of the route
     * @param global the bucket of the user, null for callers without a token
     */
    record Outcome(Decision route, @Nullable Decision global) {

        boolean allowed() {
            return route.allowed() && (global == null || global.allowed());
        }
    }

    /** Whether the caller's address has sent too much that was refused; asked, and not yet answered. */
    RateLimiter.Pending refusals(HttpEvent event) {
        return limiter.peek(Limit.INVALID_REQUESTS, address(event));
    }

    /** Whether an answer counts against the caller's address. */
    void note(HttpEvent event, int status) {
        if (status == 401 || status == 403 || status == 429) {
            // Not waited for: one that is not counted does no harm.
            limiter.take(Limit.INVALID_REQUESTS, address(event));
        }
    }

    /** The answer to an address that has sent too much that was refused. */
    static HttpReply blocked(Decision refusals) {
        return tooMany(refusals.retryAfter(), true);
    }

    /** Takes the request's tokens; both buckets are asked in one round trip. */
    Outcome take(HttpEvent event, HttpRoute route, @Nullable Principal principal) {
        RateLimiter.@Nullable Pending global = principal == null
                ? null
                : limiter.take(Limit.GLOBAL, principal.userId().toString());
        RateLimiter.Pending own = limiter.take(route.limit(), subject(event, route, principal));
        return new Outcome(own.decision(), global == null ? null : global.decision());
    }

    /** The headers of every answer. */
    Map<String, String> headers(Outcome outcome, HttpRoute route) {
        Decision decision = outcome.route();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ratelimit-limit", Integer.toString(decision.capacity()));
        headers.put("x-ratelimit-remaining", Integer.toString(decision.remaining()));
        long reset = clock.millis() + decision.resetAfter().toMillis();
        headers.put("x-ratelimit-reset", seconds(Duration.ofMillis(reset)));
        headers.put("x-ratelimit-reset-after", seconds(decision.resetAfter()));
        headers.put("x-ratelimit-bucket", bucket(route));
        return headers;
    }

    /** The answer to a request that is over a limit. */
    HttpReply refusal(Outcome outcome, HttpRoute route) {
        Decision global = outcome.global();
        boolean isGlobal = global != null && !global.allowed();
        Duration retryAfter = global != null && isGlobal
                ? global.retryAfter()
                : outcome.route().retryAfter();
        HttpReply reply = tooMany(retryAfter, isGlobal);
        return reply.with(headers(outcome, route));
    }

    private static HttpReply tooMany(Duration retryAfter, boolean isGlobal) {
        ObjectNode body = Json.object();
        body.put("message", ErrorCode.RATE_LIMITED.message());
        body.put("code", ErrorCode.RATE_LIMITED.code());
        body.put("retry_after", new BigDecimal(seconds(retryAfter)));
        body.put("global", isGlobal);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("retry-after", Long.toString(Math.max(1, (retryAfter.toMillis() + 999) / 1000)));
        headers.put("x-ratelimit-scope", "user");
        if (isGlobal) {
            headers.put("x-ratelimit-global", "true");
        }
        return HttpReply.json(429, body).with(headers);
    }

    private String address(HttpEvent event) {
        String peer = event.requestContext().http().sourceIp();
        return ClientAddress.of(edge.address(event.headers(), peer));
    }

    private String subject(HttpEvent event, HttpRoute route, @Nullable Principal principal) {
        if (route.limit().scope() == Limit.Scope.WEBHOOK) {
            return bucket(route) + ":" + CredentialPath.digest(event);
        }
        if (principal == null || route.limit().scope() == Limit.Scope.ADDRESS) {
            return address(event) + ":" + bucket(route);
        }
        String user = principal.userId().toString();
        if (route.limit().scope() == Limit.Scope.USER) {
            return user;
        }
        return user + ":" + bucket(route) + ":" + majorParameter(event);
    }

    /** The parameter that gives each channel, guild and webhook a bucket of its own. */
    private static String majorParameter(HttpEvent event) {
        Map<String, String> parameters = event.pathParameters();
        if (parameters == null) {
            return "";
        }
        for (String name : new String[] {"channel_id", "guild_id", "webhook_id"}) {
            String value = parameters.get(name);
            if (value != null) {
                return value.length() > 20 ? "" : value;
            }
        }
        return "";
    }

    private static String bucket(HttpRoute route) {
        return route.limit() == Limit.DEFAULT
                ? route.function().name()
                : route.limit().name();
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis())
                .divide(BigDecimal.valueOf(1000), 3, RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
