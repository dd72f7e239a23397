package dev.parley.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a page. */
final class Markdown {

    /** A fenced block, with the comment before it if there is one. */
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- ([^\\n]*) -->\\n)?^```([a-z]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern INLINE = Pattern.compile("`(\\./parley [^`\\n]+)`");

    private final String text;

    private Markdown(String text) {
        this.text = text;
    }

    /**
     * A block.
     *
     * @param note the comment before it, which a reader does not see, or nothing
     * @param language what is said after the fence, or nothing
     */
    record Block(String note, String language, String body) {}

    static Markdown read(Path file) throws IOException {
        return new Markdown(Files.readString(file));
    }

    List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1) == null ? "" : block.group(1), block.group(2), block.group(3)))
                .toList();
    }

    /** Every use of the command line, in blocks and in sentences, without what a shell would not pass on. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (Block block : blocks()) {
            for (String line : block.body().replaceAll("\\\\\\R\\s*", "").split("\\R", -1)) {
                if (line.startsWith("./parley ")) {
                    commands.add(line.replaceAll("\\s+#.*", ""));
                }
            }
        }
        Matcher inline = INLINE.matcher(text);
        while (inline.find()) {
            commands.add(inline.group(1));
        }
        return commands;
    }
}
