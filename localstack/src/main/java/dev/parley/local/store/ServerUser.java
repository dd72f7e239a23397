package dev.parley.local.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as, since it refuses to run as root.
 *
 * @param prefix the words that a command needs in front of it
 * @param uid the user's id on the machine, which must own the data
 */
record ServerUser(List<String> prefix, int uid) {

    private static final int NOBODY = 65534;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    /** Root in a user namespace of its own: it looks like nobody there, and can still use root's private folders. */
    static final ServerUser IN_NAMESPACE = new ServerUser(List.of("unshare", "--user"), 0);

    /** For containers, which mostly forbid namespaces. The capability is for the way through root's folders; it counts
     * in access(2), by which initdb looks for its neighbour, only without the set-user-id fix-up. */
    static final ServerUser AS_NOBODY = new ServerUser(
            List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--inh-caps=+dac_override",
                    "--ambient-caps=+dac_override",
                    "--securebits=+no_setuid_fixup"),
            NOBODY);

    /**
     * This process's own user; for root, one of two ways around.
     *
     * @throws LocalStoreException if this is root and neither way is open
     */
    static ServerUser current() {
        int uid = (int) new UnixSystem().getUid();
        if (uid != 0) {
            return new ServerUser(List.of(), uid);
        }
        return Stream.of(IN_NAMESPACE, AS_NOBODY)
                .filter(ServerUser::works)
                .findFirst()
                .orElseThrow(() -> new LocalStoreException(
                        "PostgreSQL does not run as root, and neither unshare nor setpriv works here; start parley as"
                                + " another user"));
    }

    /** Makes this user the owner of a folder and all in it. */
    void own(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                return own(visited);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return own(file);
            }

            private FileVisitResult own(Path file) throws IOException {
                if (!Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(uid)) {
                    Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private boolean works() {
        try {
            Process probe = new ProcessBuilder(
                            Stream.concat(prefix.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = probe.waitFor(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            probe.destroyForcibly();
            return ended && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
