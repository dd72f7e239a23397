package dev.parley.functions.http;

import com.amazonaws.services.lambda.runtime.Context;
import dev.parley.Parley;
import dev.parley.account.PasswordsBusyException;
import dev.parley.account.Principal;
import dev.parley.catalog.Access;
import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.edge.Edge;
import dev.parley.functions.ParleyFunction;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.Decision;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.redis.RedisUnavailableException;
import dev.parley.snowflake.Snowflake;
import dev.parley.storage.StorageUnavailableException;
import dev.parley.store.DatabaseUnavailableException;
import dev.parley.telemetry.StructuredMessage;
import dev.parley.telemetry.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A function behind a route of the HTTP API. It authenticates, takes the rate limit's tokens, calls {@link #handle}, turns
 * refusals into Discord's error shape and writes one log line.
 */
public abstract class HttpFunction extends ParleyFunction {

    private static final Logger log = LogManager.getLogger(HttpFunction.class);
    private static final Map<String, HttpRoute> ROUTES =
            Routes.http().stream().collect(Collectors.toUnmodifiableMap(HttpRoute::routeKey, Function.identity()));

    /** A user that there is not, for what is done before a snapshot. */
    private static final Principal NOBODY = new Principal(new Snowflake(0), false, new Snowflake(0));

    private static final String SYNTHETIC_TRACE = "Root=1-00000000-000000000000000000000000;Sampled=0";

    private final Edge edge;
    private final RouteLimits limits;

    protected HttpFunction(Parley parley) {
        super(parley);
        edge = new Edge(parley.settings());
        limits = new RouteLimits(parley.rateLimiter(), parley.clock(), edge);
    }

    /**
     * Answers a request.
     *
     * @throws ApiException to refuse it
     */
    protected abstract HttpReply handle(HttpCall call);

    /**
     * Answers a request of the function's own route that nobody sent: with a token that nobody has, or an empty form. Behind
     * the token a read is answered as for a user who is nobody, and a write loads what publishes.
     */
    @Override
    protected void prime() throws Exception {
        super.prime();
        reconnect();
        for (HttpRoute route : ownRoutes()) {
            Trace.within(SYNTHETIC_TRACE, () -> prime(route));
        }
    }

    private void prime(HttpRoute route) throws IOException {
        byte[] bytes = Json.bytes(HttpEvent.synthetic(route, edge.proof()));
        HttpEvent event = Json.read(new ByteArrayInputStream(bytes), HttpEvent.class);
        answer(event, OutputStream.nullOutputStream());
        if (route.method() != HttpMethod.GET) {
            parley.publisher().prime();
        } else if (route.access() == Access.AUTHENTICATED) {
            readAsNobody(new HttpCall(event, route, NOBODY));
        }
    }

    /** Whatever comes of it is right: nothing is there that nobody could read, and it is no fault worth an alarm. */
    private void readAsNobody(HttpCall call) {
        try {
            handle(call);
        } catch (RuntimeException refusal) {
            log.debug("As expected, nobody may not read", refusal);
        }
    }

    /** Who has a token has to be known, and what they may do. */
    @Override
    protected final void reconnect() {
        if (ownRoutes().stream().anyMatch(route -> route.access() == Access.AUTHENTICATED)) {
            parley.connect();
        }
    }

    private List<HttpRoute> ownRoutes() {
        return ROUTES.values().stream()
                .filter(route -> route.function().handler().equals(getClass().getName()))
                .toList();
    }

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        HttpEvent event = Json.read(in, HttpEvent.class);
        Trace.within(trace(context, event), () -> answer(event, out));
    }

    /** The request's own trace: Lambda goes on with it, and knows more of it, unless API Gateway named another. */
    private static @Nullable String trace(Context context, HttpEvent event) {
        String own = trace(context);
        Map<String, String> headers = event.headers();
        String sent = headers == null ? null : headers.get("x-amzn-trace-id");
        String root = Trace.root(sent);
        return root == null || root.equals(Trace.root(own)) ? own : sent;
    }

    private void answer(HttpEvent event, OutputStream out) throws IOException {
        long start = System.nanoTime();
        describe(getClass().getSimpleName());
        MDC.put("request_id", event.requestContext().requestId());
        HttpReply reply = null;
        try {
            reply = answer(event);
            out.write(Json.bytes(reply));
        } finally {
            log.info(new StructuredMessage("Request processed")
                    .with("method", event.requestContext().http().method())
                    .with("path", CredentialPath.masked(event))
                    .with("status", reply == null ? 500 : reply.statusCode())
                    .with("duration_ms", (System.nanoTime() - start) / 1_000_000));
            parley.meter().flush();
            MDC.clear();
        }
    }

    private HttpReply answer(HttpEvent event) {
        if (!edge.admits(event.headers()) && !Routes.HEALTH.routeKey().equals(event.routeKey())) {
            // Somebody goes around what protects the API; nothing is asked or counted for them.
            return refusal(new ApiException(ErrorCode.NOT_FOUND));
        }
        RateLimiter.Pending refusals = limits.refusals(event);
        HttpReply reply = answer(event, refusals);
        limits.note(event, reply.statusCode());
        return reply;
    }

    private HttpReply answer(HttpEvent event, RateLimiter.Pending refusals) {
        try {
            HttpRoute route = ROUTES.get(event.routeKey());
            if (route == null) {
                throw new ApiException(ErrorCode.NOT_FOUND);
            }
            checkVersion(event);
            Principal principal = route.access() == Access.PUBLIC ? null : authenticate(event, refusals);
            RouteLimits.Outcome outcome = limits.take(event, route, principal);
            // Asked first and answered by now: it costs no round trip of its own.
            requireWelcome(refusals);
            if (!outcome.allowed()) {
                return limits.refusal(outcome, route);
            }
            return answerOrRefuse(new HttpCall(event, route, principal)).with(limits.headers(outcome, route));
        } catch (UnwelcomeException e) {
            return RouteLimits.blocked(e.refusals());
        } catch (ApiException e) {
            return refusal(e);
        } catch (RuntimeException e) {
            return fault(e);
        }
    }

    private static void requireWelcome(RateLimiter.Pending refusals) {
        Decision decision = refusals.decision();
        if (decision.remaining() == 0) {
            throw new UnwelcomeException(decision);
        }
    }

    private HttpReply answerOrRefuse(HttpCall call) {
        try {
            call.checkSize();
            return handle(call).signed(parley.attachmentLinks());
        } catch (ApiException e) {
            return refusal(e);
        } catch (InvalidJsonException e) {
            return refusal(new ApiException(ErrorCode.INVALID_JSON));
        } catch (RuntimeException e) {
            return fault(e);
        }
    }

    /** A token that no cache knows costs a query, which an address that tries many does not get. */
    private Principal authenticate(HttpEvent event, RateLimiter.Pending refusals) {
        Map<String, String> headers = event.headers();
        @Nullable String token = headers == null ? null : headers.get("authorization");
        Principal principal =
                token == null ? null : parley.authenticator().authenticate(token, () -> requireWelcome(refusals));
        if (principal == null) {
            throw new ApiException(ErrorCode.UNAUTHORIZED);
        }
        MDC.put("user_id", principal.userId().toString());
        return principal;
    }

    private static void checkVersion(HttpEvent event) {
        Map<String, String> parameters = event.pathParameters();
        String version = parameters == null ? null : parameters.get("version");
        if (version != null && !Routes.VERSIONS.contains(version)) {
            throw new ApiException(ErrorCode.INVALID_API_VERSION);
        }
    }

    private static HttpReply refusal(ApiException e) {
        HttpReply reply = HttpReply.json(e.code().status(), e.body());
        Duration wait = e.retryAfter();
        return wait == null
                ? reply
                : reply.with(Map.of(
                        "retry-after", Long.toString((wait.toMillis() + 999) / 1000), "x-ratelimit-scope", "user"));
    }

    private HttpReply fault(RuntimeException e) {
        boolean away = e instanceof RedisUnavailableException
                || e instanceof DatabaseUnavailableException
                || e instanceof StorageUnavailableException
                || e instanceof PasswordsBusyException
                || parley.content().isMoving(e);
        log.error(away ? "Cannot be served now" : "Request failed", e);
        HttpReply reply = refusal(new ApiException(away ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL));
        return away ? reply.with(Map.of("retry-after", "1")) : reply;
    }
}
