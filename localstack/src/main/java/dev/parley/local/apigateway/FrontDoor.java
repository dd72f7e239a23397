package dev.parley.local.apigateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
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

    private final HttpApi http;
    private final Map<String, Supplier<LocalPage>> pages = new ConcurrentHashMap<>();

    FrontDoor(HttpApi http) {
        this.http = http;
    }

    void addPage(String path, Supplier<LocalPage> page) {
        pages.put(path, page);
    }

    void handle(Exchange exchange) {
        Request request = exchange.request();
        Supplier<LocalPage> page = pages.get(request.path());
        if (page != null && isRead(request.method())) {
            // A page may take its time, which an event loop has not.
            Thread.ofVirtual().name("local-page").start(() -> exchange.answer(render(page)));
        } else {
            http.handle(exchange);
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
