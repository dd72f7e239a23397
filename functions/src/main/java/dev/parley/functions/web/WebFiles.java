package dev.parley.functions.web;

import dev.parley.catalog.WebRoutes;
import dev.parley.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All files of the client for browsers, as they are at one time: pages, and what pages are made of. What a page refers to below
 * {@link WebRoutes#FILE_FOLDER} is told apart by a build's id in the address, so that a browser may keep it for ever. Immutable.
 */
public final class WebFiles {

    private static final String PAGE = ".html";

    private final String build;
    private final Map<String, WebFile> pages = new HashMap<>();
    private final Map<String, WebFile> files = new HashMap<>();

    /**
     * What was read.
     *
     * @param read contents by their path below the folder, for example {@code view/app.js}; what no browser can use is left out
     */
    WebFiles(Map<String, byte[]> read) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(read)
                .forEach((name, bytes) -> all.append(name)
                        .append(' ')
                        .append(Sha256.hex(bytes, WebFile.NAME_BYTES))
                        .append('\n'));
        build = Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8), WebFile.NAME_BYTES);
        read.forEach((name, bytes) -> {
            if (name.endsWith(PAGE)) {
                pages.put(name, WebFile.of(name, withBuild(bytes)));
            } else if (WebFile.isKnown(name)) {
                files.put(name, WebFile.of(name, bytes));
            }
        });
    }

    private byte[] withBuild(byte[] page) {
        return new String(page, StandardCharsets.UTF_8)
                .replace('"' + WebRoutes.FILE_FOLDER, '"' + WebRoutes.FILE_FOLDER + build + '/')
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The id of this state of the files: it changes when one of them does. */
    String build() {
        return build;
    }

    /**
     * A page.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    WebFile page(String name) {
        WebFile page = pages.get(name);
        if (page == null) {
            throw new IllegalArgumentException("There is no page " + name);
        }
        return page;
    }

    /** What a page is made of, or null if there is no such file. */
    @Nullable WebFile file(String name) {
        return files.get(name);
    }
}
