package dev.parley.functions.web;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of the client are: the folder {@code client} of the class path, which the build makes of {@code web/src}. In a
 * package it is read once. While somebody works on it, it is a directory, and read anew for each page, so that a change is
 * there after a reload. Thread-safe.
 */
public final class WebFolder {

    private static final String FOLDER = "client/";

    private final URL index = Objects.requireNonNull(
            WebFolder.class.getResource('/' + FOLDER + "index.html"), "The client is not on the class path");

    private volatile @Nullable WebFiles read;

    /** The files, as they were when a page was last asked for. */
    WebFiles files() {
        WebFiles known = read;
        return known == null ? refreshed() : known;
    }

    /** The files as they are now. */
    public WebFiles refreshed() {
        WebFiles known = read;
        if (known == null || !isPackaged()) {
            known = new WebFiles(isPackaged() ? readPackage() : readDirectory());
            read = known;
        }
        return known;
    }

    private boolean isPackaged() {
        return index.getProtocol().equals("jar");
    }

    private Map<String, byte[]> readDirectory() {
        try {
            Path folder = Path.of(index.toURI()).resolveSibling("");
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(folder)) {
                paths = walk.filter(Files::isRegularFile).toList();
            }
            Map<String, byte[]> contents = new HashMap<>();
            for (Path path : paths) {
                String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
                contents.put(name, Files.readAllBytes(path));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException("The client's files could not be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path has an address that is none: " + index, e);
        }
    }

    private Map<String, byte[]> readPackage() {
        try {
            JarURLConnection connection = (JarURLConnection) index.openConnection();
            Path jar = Path.of(connection.getJarFileURL().toURI());
            Map<String, byte[]> contents = new HashMap<>();
            // A file of its own: the connection's is shared with whoever loads classes.
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
                        contents.put(
                                entry.getName().substring(FOLDER.length()),
                                file.getInputStream(entry).readAllBytes());
                    }
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException("The client's files could not be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path has an address that is none: " + index, e);
        }
    }
}
