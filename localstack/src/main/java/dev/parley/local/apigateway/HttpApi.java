package dev.parley.local.apigateway;

import dev.parley.catalog.HttpRoute;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API: route, event, function, answer.
 *
 * <p>Thread-safe; never blocks.
 */
final class HttpApi {

    /** "Quotas for configuring and running an HTTP API in API Gateway": maximum integration timeout. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** "Lambda quotas": invocation payload, synchronous. */
    static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(HttpApi.class);

    private final HttpRouter router;
    private final HttpEvents events;
    private final Invocations invocations;
    private final AccountThrottle throttle;
    private final GatewayIds ids;
    private final GatewayMeter meter;

    HttpApi(
            List<HttpRoute> routes,
            HttpEvents events,
            Invocations invocations,
            AccountThrottle throttle,
            GatewayIds ids,
            GatewayMeter meter) {
        this.router = new HttpRouter(routes);
        this.events = events;
        this.invocations = invocations;
        this.throttle = throttle;
        this.ids = ids;
        this.meter = meter;
    }

    /** Answers a request, now or when its function has. */
    void handle(Exchange exchange) {
        long start = System.nanoTime();
        Request request = exchange.request();
        HttpRouter.Match match;
        try {
            match = router.match(request.method().name(), request.path());
        } catch (IllegalArgumentException e) {
            answer(exchange, null, Reply.message(400, "Bad Request"), start);
            return;
        }
        if (!throttle.tryTake()) {
            answer(exchange, match, Reply.message(429, "Too Many Requests"), start);
        } else if (match == null) {
            answer(exchange, null, Reply.message(404, "Not Found"), start);
        } else {
            invoke(exchange, match, start);
        }
    }

    private void invoke(Exchange exchange, HttpRouter.Match match, long start) {
        String requestId = ids.extendedRequestId();
        byte[] event;
        try {
            event = events.event(exchange.request(), match, requestId);
        } catch (IllegalArgumentException e) {
            answer(exchange, match, Reply.message(400, "Bad Request"), start);
            return;
        }
        if (event.length > MAX_EVENT_BYTES) {
            answer(exchange, match, Reply.message(413, "Request Entity Too Large"), start);
            return;
        }
        invocations.invoke(match.route().function(), event, TIMEOUT, new Invocations.Outcome() {
            @Override
            public void answered(byte[] answer) {
                Reply reply = HttpAnswers.read(answer);
                if (reply == null) {
                    log.warn(
                            "{} answered what is no HTTP answer",
                            match.route().function().name());
                    reply = Reply.message(500, "Internal Server Error");
                }
                finish(reply);
            }

            @Override
            public void failed(Throwable failure) {
                finish(refusal(match, failure));
            }

            private void finish(Reply reply) {
                reply.headers().set(AnswerHeaders.REQUEST_ID, requestId);
                answer(exchange, match, reply, start);
            }
        });
    }

    private static Reply refusal(HttpRouter.Match match, Throwable failure) {
        if (failure instanceof IntegrationTimeoutException) {
            return Reply.message(503, "Service Unavailable");
        }
        log.warn("{} gave no answer: {}", match.route().function().name(), failure.getMessage());
        return Reply.message(500, "Internal Server Error");
    }

    private void answer(Exchange exchange, HttpRouter.@Nullable Match match, Reply reply, long start) {
        exchange.answer(reply);
        meter.httpRequest(
                exchange.request().method().name(),
                match == null ? GatewayMeter.NO_ROUTE : match.route().routeKey(),
                reply.status(),
                Duration.ofNanos(System.nanoTime() - start),
                exchange.request().body().length,
                reply.body().length);
    }
}
