package dev.parley.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that Lambda gets, as Lambda unpacks it. It runs when the package has been made. */
class PackageIT {

    private static final Path PACKAGE = Path.of("target", "parley-functions.zip");

    /** Lambda fetches and unpacks it for every new version of every function. AWS's own limit is 50 MB. */
    private static final long MOST_BYTES = 30_000_000;

    @TempDir
    private Path task;

    @Test
    void isSmallerThan30Megabytes() throws IOException {
        assertThat(Files.size(PACKAGE)).isBetween(1L, MOST_BYTES);
    }

    @Test
    void hasEverythingThatAPasswordNeeds() throws Exception {
        // Given
        unpack();
        try (URLClassLoader lambda = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = lambda.loadClass("dev.parley.account.Passwords");
            Constructor<?> constructor = type.getConstructor(Supplier.class);
            Supplier<SecureRandom> random = SecureRandom::new;
            Object passwords = constructor.newInstance(random);
            Method hash = type.getMethod("hash", String.class);
            Method verify = type.getMethod("verify", String.class, String.class);

            // When
            Object hashed = hash.invoke(passwords, "correct horse");

            // Then
            assertThat(verify.invoke(passwords, "correct horse", hashed)).isEqualTo(true);
            assertThat(verify.invoke(passwords, "battery staple", hashed)).isEqualTo(false);
        }
    }

    private void unpack() throws IOException {
        try (InputStream file = Files.newInputStream(PACKAGE);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = task.resolve(entry.getName()).normalize();
                assertThat(target).startsWithRaw(task);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }

    /** Lambda developer guide, "Deploy Java Lambda functions with .zip or JAR file archives": the root, and the jars in lib. */
    private URL[] classPath() throws IOException {
        List<URL> places = new ArrayList<>(List.of(task.toUri().toURL()));
        try (var jars = Files.newDirectoryStream(task.resolve("lib"), "*.jar")) {
            for (Path jar : jars) {
                places.add(jar.toUri().toURL());
            }
        }
        return places.toArray(URL[]::new);
    }
}
