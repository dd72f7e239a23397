package dev.parley.attachment;

/** Names of files, made safe for links, headers and the folders of those who store them. */
final class FileNames {

    /**
     * Longer ones lose their beginning, so that they keep their type. File systems take 255 bytes, and who stores or saves a
     * file may add an ending of their own.
     */
    static final int MAX_LENGTH = 200;

    private static final String NAMELESS = "unknown";

    private FileNames() {}

    /**
     * The name that a file gets: spaces become underscores; letters and digits of ASCII, underscores, hyphens and single
     * dots stay, but no dot at the beginning; the rest is left out, as Discord does.
     */
    static String safe(String sent) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i) == ' ' ? '_' : sent.charAt(i);
            boolean dot = c == '.' && !name.isEmpty() && name.charAt(name.length() - 1) != '.';
            if (dot || c == '_' || c == '-' || isAsciiLetterOrDigit(c)) {
                name.append(c);
            }
        }
        if (name.length() > MAX_LENGTH) {
            name.delete(0, name.length() - MAX_LENGTH);
        }
        // A name in another script: what is left is its type, or nothing.
        if (name.isEmpty() || (sent.endsWith("." + name) && name.indexOf(".") < 0)) {
            return name.isEmpty() ? NAMELESS : NAMELESS + "." + name;
        }
        return name.toString();
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
