package dev.parley.local.apigateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each request to the API it is for.
 *
 * <p>Thread-safe.
 */
final class FrontDoor {

    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

    private static final String CONNECTIONS = "@connections/";
    private static final String ENCODED_CONNECTIONS = "%40connections/";

    private final String stagePath;
    private final String underStage;
    private final HttpApi http;
    private final WebSocketApi webSocket;
    private final ManagementApi management;
    private volatile BodyRelay relay = BodyRelay.none();
    private volatile Site site = Site.none();
    private final Map<String, Supplier<LocalPage>> pages = new ConcurrentHashMap<>();
    private final Map<String, LocalHandler> handlers = new ConcurrentHashMap<>();

    FrontDoor(String stage, HttpApi http, WebSocketApi webSocket, ManagementApi management) {
        this.stagePath = "/" + stage;
        this.underStage = stagePath + "/";
        this.http = http;
        this.webSocket = webSocket;
        this.management = management;
    }

    void addPage(String path, Supplier<LocalPage> page) {
        pages.put(path, page);
    }

    void addHandler(String path, LocalHandler handler) {
        handlers.put(path, handler);
    }

    void setRelay(BodyRelay largeBodies) {
        relay = largeBodies;
    }

    void setSite(Site files) {
        site = files;
    }

    /** How large a request's body may be. */
    int maxBody(HttpRequest request) {
        String target = request.uri();
        int question = target.indexOf('?');
        return Math.max(
                HttpConnection.MAX_BODY_BYTES,
                relay.maxBytes(
                        request.method().name(),
                        question < 0 ? target : target.substring(0, question),
                        request.headers().get(HttpHeaderNames.CONTENT_TYPE)));
    }

    void handle(Exchange exchange) {
        Request request = exchange.request();
        String path = request.path();
        if (request.body().length >= ApiGateway.LARGE_BODY && relays(request)) {
            Thread.ofVirtual().name("relay").start(() -> exchange.answer(relay(request)));
            return;
        }
        if (path.startsWith(underStage) || path.equals(stagePath)) {
            String rest = path.substring(Math.min(path.length(), underStage.length()));
            if (rest.startsWith(CONNECTIONS)) {
                management.handle(exchange, rest.substring(CONNECTIONS.length()));
                return;
            }
            if (rest.startsWith(ENCODED_CONNECTIONS)) {
                management.handle(exchange, rest.substring(ENCODED_CONNECTIONS.length()));
                return;
            }
            if (rest.isEmpty()) {
                webSocket.handle(exchange);
                return;
            }
        }
        LocalHandler handler = handlers.get(path);
        if (handler != null && !isRead(request.method()) && RequestSource.isOtherSite(request.headers())) {
            exchange.answer(Reply.message(403, "Forbidden"));
            return;
        }
        if (handler != null) {
            Thread.ofVirtual().name("local-handler").start(() -> exchange.answer(handle(handler, request)));
            return;
        }
        Supplier<LocalPage> page = pages.get(path);
        if (page != null && isRead(request.method())) {
            // A page may take its time, which an event loop has not.
            Thread.ofVirtual().name("local-page").start(() -> exchange.answer(render(page)));
        } else if (isRead(request.method()) && !isApi(path)) {
            Thread.ofVirtual().name("local-site").start(() -> browse(exchange));
        } else {
            http.handle(exchange);
        }
    }

    /** Whether only the API can answer, so that its requests need no thread of their own. */
    private static boolean isApi(String path) {
        return path.startsWith("/api/");
    }

    private void browse(Exchange exchange) {
        Site.Answer answer;
        try {
            answer = site.find(
                    exchange.request().path(), lowerCase(exchange.request().headers()));
        } catch (RuntimeException e) {
            log.error("A file for browsers could not be read", e);
            exchange.answer(Reply.message(500, "Internal Server Error"));
            return;
        }
        if (answer == null) {
            http.handle(exchange);
        } else {
            HttpHeaders own = Reply.trustedHeaders();
            answer.headers().forEach(own::set);
            exchange.answer(new Reply(answer.status(), own, answer.body()));
        }
    }

    private static Map<String, String> lowerCase(HttpHeaders sent) {
        Map<String, String> headers = new HashMap<>();
        sent.forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }

    private boolean relays(Request request) {
        String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return relay.maxBytes(request.method().name(), request.path(), contentType) > 0;
    }

    private Reply relay(Request request) {
        Map<String, String> headers = lowerCase(request.headers());
        String target = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        try {
            BodyRelay.Answer answer = relay.relay(request.method().name(), target, headers, request.body());
            HttpHeaders own = Reply.trustedHeaders();
            answer.headers().forEach(own::set);
            return new Reply(answer.status(), own, answer.body());
        } catch (RuntimeException e) {
            log.error("A request could not be relayed", e);
            return Reply.message(500, "Internal Server Error");
        }
    }

    private static Reply handle(LocalHandler handler, Request request) {
        try {
            LocalAnswer answer = handler.answer(request.method().name(), request.body());
            return answer.json().length == 0
                    ? Reply.empty(answer.status())
                    : Reply.json(answer.status(), answer.json());
        } catch (RuntimeException e) {
            log.error("A local handler failed", e);
            return Reply.message(500, "Internal Server Error");
        }
    }

    private static Reply render(Supplier<LocalPage> page) {
        try {
            LocalPage rendered = page.get();
            return new Reply(
                    200,
                    Reply.trustedHeaders().set(HttpHeaderNames.CONTENT_TYPE, rendered.contentType()),
                    rendered.body());
        } catch (RuntimeException e) {
            log.error("A local page failed", e);
            return Reply.message(500, "Internal Server Error");
        }
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
