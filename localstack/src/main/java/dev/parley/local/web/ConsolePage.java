package dev.parley.local.web;

import dev.parley.functions.web.PageHeaders;
import dev.parley.functions.web.WebFolder;
import dev.parley.functions.web.WebReply;
import dev.parley.local.apigateway.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's console. It is made of the files of the client for browsers, which the functions hand out; the page itself is
 * here, since in the cloud CloudWatch is the console. Thread-safe.
 */
public final class ConsolePage implements Site {

    private static final Set<String> PATHS = Set.of("/_parley", "/_parley/");

    private final WebFolder folder = new WebFolder();
    private final PageHeaders headers;

    /**
     * The console of one system.
     *
     * @param gatewayUrls where the gateway is
     * @param filesOrigin where links to files lead
     */
    public ConsolePage(List<String> gatewayUrls, String filesOrigin) {
        headers = new PageHeaders(gatewayUrls, filesOrigin);
    }

    @Override
    public @Nullable Answer find(String path, Map<String, String> sent) {
        if (!PATHS.contains(path)) {
            return null;
        }
        WebReply reply = WebReply.page(
                folder.refreshed(),
                "console.html",
                headers,
                sent.getOrDefault("if-none-match", ""),
                sent.getOrDefault("accept-encoding", ""));
        return new Answer(reply.status(), reply.headers(), reply.body());
    }
}
