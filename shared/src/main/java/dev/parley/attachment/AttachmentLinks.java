package dev.parley.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The links to files (Discord documentation, "Signed Attachment CDN URLs"): {@code ex} and {@code is} are when the link ends and
 * when it was made, in hexadecimal seconds, and {@code hm} is an HMAC-SHA-256 over path and times.
 *
 * <p>A link ends, so no stored message has one: it has the path, and gets the link where it leaves, in an answer or an event.
 * A link is made as of the last full hour, so that for an hour a file has one link, which caches know.
 *
 * <p>Thread-safe.
 */
public final class AttachmentLinks {

    /** Characters of a key; a shorter one would be easier to guess than the signature. */
    public static final int SHORTEST_KEY = 32;

    /** What every path begins with. */
    static final String ROOT = "/attachments/";

    private static final Duration VALIDITY = Duration.ofHours(25);
    private static final String LIST = "\"attachments\":[{";
    private static final List<String> MEDIA = List.of("/image", "/thumbnail", "/video", "/footer", "/author");
    private static final List<String> URL_FIELDS = List.of("url", "icon_url");

    private final Supplier<String> base;
    private final Supplier<List<Secret>> keys;
    private final Clock clock;

    /**
     * Signs with a key that all functions have.
     *
     * @param base where clients find the paths
     * @param keys the key that links are signed with, and after it earlier ones whose links are still genuine; asked for at each
     *     use, so that functions that sign nothing need no setting
     */
    public AttachmentLinks(Supplier<String> base, Supplier<List<Secret>> keys, Clock clock) {
        this.base = base;
        this.keys = keys;
        this.clock = clock;
    }

    /** Gives the files of the messages in a JSON text their links. */
    public String sign(String json) {
        // Few answers have files, and those that have none are not read.
        if (!json.contains(LIST)) {
            return json;
        }
        JsonNode tree = Json.parse(json.getBytes(StandardCharsets.UTF_8));
        sign(tree);
        return Json.text(tree);
    }

    /** Gives the files of all messages in a tree their links, in place. */
    public void sign(JsonNode tree) {
        if (tree.path("attachments").isArray()) {
            Set<String> paths = new HashSet<>();
            for (JsonNode file : tree.path("attachments")) {
                String path = file.path("url").asText();
                if (file instanceof ObjectNode attachment && path.startsWith(ROOT)) {
                    paths.add(path);
                    String link = link(path);
                    attachment.put("url", link);
                    attachment.put("proxy_url", link);
                }
            }
            signEmbeds(tree.path("embeds"), paths);
        }
        for (JsonNode child : tree) {
            if (child.isContainerNode()) {
                sign(child);
            }
        }
    }

    /** Embeds may show the message's own files, and no others. */
    private void signEmbeds(JsonNode embeds, Set<String> paths) {
        for (JsonNode embed : embeds) {
            for (String part : MEDIA) {
                for (String field : URL_FIELDS) {
                    String path = embed.at(part).path(field).asText();
                    if (embed.at(part) instanceof ObjectNode media && paths.contains(path)) {
                        media.put(field, link(path));
                        media.put("proxy_" + field, link(path));
                    }
                }
            }
        }
    }

    /** A link that is good for a day. */
    String link(String path) {
        Instant issued = clock.instant().truncatedTo(ChronoUnit.HOURS);
        String ends = Long.toHexString(issued.plus(VALIDITY).getEpochSecond());
        String since = Long.toHexString(issued.getEpochSecond());
        return base.get() + path + "?ex=" + ends + "&is=" + since + "&hm="
                + signature(keys.get().getFirst(), path, ends, since) + "&";
    }

    /** Whether a link was made here, with any of the keys, ended or not. */
    boolean isGenuine(String path, String ends, String since, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        return keys.get().stream()
                .anyMatch(key -> MessageDigest.isEqual(
                        signature(key, path, ends, since).getBytes(StandardCharsets.UTF_8), given));
    }

    /** Whether the time of a genuine link has come. */
    boolean hasEnded(String ends) {
        return clock.instant().getEpochSecond() >= Long.parseLong(ends, 16);
    }

    /** Where clients find the paths. */
    String base() {
        return base.get();
    }

    private static String signature(Secret key, String path, String ends, String since) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] text = (path + "\n" + ends + "\n" + since).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
