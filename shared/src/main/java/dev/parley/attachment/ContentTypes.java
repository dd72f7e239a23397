package dev.parley.attachment;

import dev.parley.image.ImageType;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file is, and whether a browser may show it. */
final class ContentTypes {

    static final String UNKNOWN = "application/octet-stream";

    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,60}(; ?charset=[A-Za-z0-9-]{1,20})?");

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("log", "text/plain; charset=utf-8"),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("wav", "audio/x-wav"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mov", "video/quicktime"));

    private ContentTypes() {}

    /**
     * The type of a file: what an image's first bytes say, then what the client said, then what its name says.
     *
     * @param declared null if the client said nothing
     */
    static String of(String filename, @Nullable String declared, byte[] beginning) {
        ImageType image = ImageType.of(beginning);
        if (image != null) {
            return image.contentType();
        }
        if (declared != null
                && !declared.startsWith(UNKNOWN)
                && TYPE.matcher(declared).matches()) {
            return declared;
        }
        int dot = filename.lastIndexOf('.');
        String ending = dot < 0 ? "" : filename.substring(dot + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }

    /**
     * Whether a browser may show it in place. What it could run as a page or a script of its own (HTML, SVG, XML,
     * JavaScript), and whatever else is not known to be harmless, is for saving only.
     */
    static boolean mayBeShown(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("audio/")
                || type.startsWith("video/")
                || type.startsWith("text/plain")
                || (type.startsWith("image/") && !type.contains("xml"));
    }
}
