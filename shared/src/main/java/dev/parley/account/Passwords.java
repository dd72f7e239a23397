package dev.parley.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet), in the PHC string format.
 *
 * <p>At most so many hashes run at once as the process has processors, since each takes a core and its memory; more wait up
 * to 20 s.
 *
 * <p>Thread-safe.
 */
public final class Passwords {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Within the 29 s of the functions that call this, so that a client gets an answer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Supplier<SecureRandom> random;
    private final Semaphore running;
    private final Duration longestWait;

    /** Verifies against this take as long as against any other. */
    private final String decoy;

    public Passwords(Supplier<SecureRandom> random) {
        this(random, Math.max(1, Runtime.getRuntime().availableProcessors()), LONGEST_WAIT);
    }

    Passwords(Supplier<SecureRandom> random, int atOnce, Duration longestWait) {
        this.random = random;
        this.longestWait = longestWait;
        running = new Semaphore(atOnce, true);
        byte[] zeros = new byte[HASH_BYTES];
        decoy = phc(new byte[SALT_BYTES], zeros);
    }

    /**
     * The text to store for a password.
     *
     * @throws PasswordsBusyException if too many others are under way
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.get().nextBytes(salt);
        return phc(salt, derive(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES));
    }

    /**
     * Whether a password belongs to a stored text.
     *
     * @throws PasswordsBusyException if too many others are under way
     */
    public boolean verify(String password, String stored) {
        Matcher parts = PHC.matcher(stored);
        if (!parts.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual = derive(
                password,
                salt,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    /** Takes the time of {@link #verify}, so that an unknown address cannot be told from a wrong password. */
    public void verifyNothing(String password) {
        verify(password, decoy);
    }

    private byte[] derive(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        try {
            if (!running.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PasswordsBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PasswordsBusyException();
        }
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            running.release();
        }
    }

    private static String phc(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }
}
