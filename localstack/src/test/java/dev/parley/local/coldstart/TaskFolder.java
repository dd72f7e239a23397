package dev.parley.local.coldstart;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What Lambda has in {@code /var/task}: classes, and jars in {@code lib} (Lambda developer guide, "Deploy Java Lambda functions
 * with .zip or JAR file archives"). The runtime client finds it as its working directory, and loads the function from it with
 * a class loader of its own.
 *
 * @param path the folder
 * @param packageBytes the size of what is uploaded; 0 if it was not made from that
 * @param jars how many jars there are
 */
record TaskFolder(Path path, long packageBytes, int jars) {

    private static final String LIBRARIES = "lib";

    /** The client and what it needs itself. */
    private static final Pattern RUNTIME_CLIENT = Pattern.compile(
            ".*/(aws-lambda-java-(runtime-interface-client|core|serialization)|utils-lite)-[^/]*\\.jar");

    /** Lambda fetches and unpacks it for every new version; a goal of Parley's own, where AWS allows 50 MB. */
    static final long MOST_PACKAGE_BYTES = 30_000_000;

    /**
     * Unpacks the package that is deployed.
     *
     * @throws IllegalArgumentException if there is none
     */
    static TaskFolder ofPackage(Path zip, Path target) throws IOException {
        if (!Files.isRegularFile(zip)) {
            throw new IllegalArgumentException(
                    "There is no package at " + zip + "; ./parley bench coldstart builds it");
        }
        Files.createDirectories(target);
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream packed = new ZipInputStream(file)) {
            for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
                Path place = target.resolve(entry.getName()).normalize();
                if (!place.startsWith(target)) {
                    throw new IllegalArgumentException(zip + " has an entry outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Files.createDirectories(place.getParent());
                    Files.copy(packed, place);
                }
            }
        }
        return new TaskFolder(target, Files.size(zip), jarsIn(target));
    }

    /** The same from this process's class path, without what only tests have classes in: for who has built no package. */
    static TaskFolder ofClassPath(Path target) throws IOException {
        Files.createDirectories(target.resolve(LIBRARIES));
        for (String place : classPath()) {
            Path entry = Path.of(place);
            if (Files.isDirectory(entry) && !Files.isDirectory(entry.resolve("dev/parley/local"))) {
                copy(entry, target);
            } else if (Files.isRegularFile(entry) && place.endsWith(".jar")) {
                Files.createSymbolicLink(
                        target.resolve(LIBRARIES).resolve(entry.getFileName()), entry.toAbsolutePath());
            }
        }
        return new TaskFolder(target, 0, jarsIn(target));
    }

    /** One class of this process's class path, and nothing else. */
    static TaskFolder ofClass(Class<?> type, Path target) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path place = target.resolve(name);
        Files.createDirectories(place.getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalArgumentException(type + " has no class file");
            }
            Files.copy(bytes, place);
        }
        return new TaskFolder(target, 0, 0);
    }

    /** The jars of AWS's runtime client in this process's class path, which are Lambda's own there. */
    static String runtimeClient() {
        List<String> jars = classPath().stream()
                .filter(place -> RUNTIME_CLIENT.matcher(place).matches())
                .toList();
        if (jars.isEmpty()) {
            throw new IllegalStateException("AWS's runtime client is not in the class path");
        }
        return String.join(File.pathSeparator, jars);
    }

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    private static int jarsIn(Path folder) throws IOException {
        Path libraries = folder.resolve(LIBRARIES);
        if (!Files.isDirectory(libraries)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(libraries)) {
            return (int) files.filter(file -> file.toString().endsWith(".jar")).count();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            Path place = to.resolve(from.relativize(file).toString());
            Files.createDirectories(place.getParent());
            Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
