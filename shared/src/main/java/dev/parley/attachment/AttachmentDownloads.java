package dev.parley.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.storage.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads links to files.
 *
 * <p>Thread-safe.
 */
public final class AttachmentDownloads {

    private static final int MAX_REFRESHED = 50;
    private static final int MAX_LINK = 2048;
    private static final Pattern PATH = Pattern.compile("/attachments/\\d{1,19}/\\d{1,19}/[A-Za-z0-9._-]{1,260}");
    private static final Pattern LINK = Pattern.compile("https?://[^/?#]+(" + PATH.pattern() + ")\\?([^#]*)");

    /** Long enough for a slow client to begin; what has begun is not broken off. */
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private final AttachmentLinks links;
    private final ObjectStore store;

    public AttachmentDownloads(AttachmentLinks links, ObjectStore store) {
        this.links = links;
        this.store = store;
    }

    /**
     * Where the bytes of a file are.
     *
     * @param query the parameters of the link
     * @return empty if the link was not made here, or has ended
     */
    public Optional<URI> locate(String path, Map<String, String> query) {
        return isGenuine(path, query) && !links.hasEnded(query.getOrDefault("ex", "0"))
                ? Optional.of(store.downloadLink(path.substring(1), VALIDITY))
                : Optional.empty();
    }

    /**
     * Makes links good for another day (Discord: {@code POST /attachments/refresh-urls}). Only links that were made here,
     * ended or not, are refreshed: whoever has none is given none.
     *
     * @param form {@code attachment_urls}, 1 to 50 links
     * @return {@code refreshed_urls}; {@code refreshed} is null for what is no link to a file
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    public ObjectNode refresh(Form form) {
        JsonNode urls = form.raw("attachment_urls");
        if (!urls.isArray() || urls.isEmpty() || urls.size() > MAX_REFRESHED) {
            form.error("attachment_urls", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 50 in length.");
        }
        form.check();
        ObjectNode body = Json.object();
        ArrayNode refreshed = body.putArray("refreshed_urls");
        for (JsonNode url : urls) {
            ObjectNode one = refreshed.addObject();
            one.put("original", url.asText());
            one.put("refreshed", refreshed(url.asText()));
        }
        return body;
    }

    private @Nullable String refreshed(String url) {
        Matcher link = LINK.matcher(url.length() > MAX_LINK ? "" : url);
        if (!link.matches()) {
            return null;
        }
        Map<String, String> query = new HashMap<>();
        for (String parameter : link.group(2).split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return isGenuine(link.group(1), query) ? links.link(link.group(1)) : null;
    }

    private boolean isGenuine(String path, Map<String, String> query) {
        String ends = query.get("ex");
        String since = query.get("is");
        String signature = query.get("hm");
        return ends != null
                && since != null
                && signature != null
                && PATH.matcher(path).matches()
                && links.isGenuine(path, ends, since, signature);
    }
}
