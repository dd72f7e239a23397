package dev.parley.connection;

import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signature Version 4 for {@code execute-api} ("Create a signed AWS API request"), for requests without a query. It signs
 * {@code host}, {@code x-amz-date} and {@code x-amz-security-token}, and gives the same signature as the SDK's signer.
 *
 * <p>The SDK's own takes any request of any service, and five times as long. Here all that does not change within a second
 * (date, scope, key) is kept; what is left for a request is three hashes.
 *
 * <p>Thread-safe: each thread has its own digests.
 */
public final class SigV4RequestSigner implements RequestSigner {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String SERVICE = "execute-api";
    private static final String TERMINATOR = "aws4_request";
    private static final int DAY_LENGTH = 8;
    private static final int HASH_HEX = 64;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String host;
    private final Supplier<? extends AwsCredentialsIdentity> credentials;
    private final Supplier<String> region;
    private final Clock clock;
    private final ThreadLocal<Digests> digests = ThreadLocal.withInitial(Digests::new);
    private volatile @Nullable Second current;

    /**
     * A signer.
     *
     * @param endpoint scheme, host and port
     * @param credentials asked once a second, since they change while a function lives
     * @param clock the time that requests carry; AWS takes five minutes' difference
     */
    public SigV4RequestSigner(
            URI endpoint,
            Supplier<? extends AwsCredentialsIdentity> credentials,
            Supplier<String> region,
            Clock clock) {
        this.host = hostHeader(endpoint);
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public void sign(String method, String path, byte[] body, ByteBuf head) {
        Second second = second();
        Digests own = digests.get();
        own.begin();
        own.append(method);
        own.append((byte) '\n');
        own.appendEncoded(path);
        own.append(second.canonicalTail);
        own.appendHex(own.sha256.digest(body));
        byte[] canonicalHash = own.digest();
        own.begin();
        own.append(second.toSign);
        own.appendHex(canonicalHash);
        byte[] signature = own.mac(second.key);
        head.writeBytes(second.headers);
        own.begin();
        own.appendHex(signature);
        own.writeTo(head);
        head.writeBytes(LINE_END);
    }

    private Second second() {
        long epochSecond = Math.floorDiv(clock.millis(), 1000L);
        Second kept = current;
        if (kept == null || kept.epochSecond != epochSecond) {
            kept = new Second(epochSecond, host, credentials.get(), region.get(), kept);
            current = kept;
        }
        return kept;
    }

    private static String hostHeader(URI endpoint) {
        int standard = "https".equals(endpoint.getScheme()) ? 443 : 80;
        boolean plain = endpoint.getPort() < 0 || endpoint.getPort() == standard;
        return plain ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What all requests of one second share. Immutable; no record, since it holds a secret. */
    private static final class Second {

        private final long epochSecond;
        private final String day;
        private final String region;
        private final String secret;
        private final SecretKey key;

        /** The header lines, up to the signature. */
        private final byte[] headers;

        /** The canonical request between its path and the body's hash. */
        private final byte[] canonicalTail;

        /** The text to sign, up to the canonical request's hash. */
        private final byte[] toSign;

        private Second(
                long epochSecond,
                String host,
                AwsCredentialsIdentity identity,
                String region,
                @Nullable Second former) {
            String date = DATE.format(Instant.ofEpochSecond(epochSecond));
            this.epochSecond = epochSecond;
            this.day = date.substring(0, DAY_LENGTH);
            this.region = region;
            this.secret = identity.secretAccessKey();
            this.key = former != null && former.hasKeyOf(this) ? former.key : signingKey();
            String token = identity instanceof AwsSessionCredentialsIdentity session ? session.sessionToken() : "";
            String scope = String.join("/", day, region, SERVICE, TERMINATOR);
            String signed = "host;x-amz-date" + (token.isEmpty() ? "" : ";x-amz-security-token");
            this.headers = ascii("host: " + host + "\r\nx-amz-date: " + date + "\r\n"
                    + (token.isEmpty() ? "" : "x-amz-security-token: " + token + "\r\n")
                    + "authorization: " + ALGORITHM + " Credential=" + identity.accessKeyId() + "/" + scope
                    + ", SignedHeaders=" + signed + ", Signature=");
            this.canonicalTail = ascii("\n\nhost:" + host + "\nx-amz-date:" + date + "\n"
                    + (token.isEmpty() ? "" : "x-amz-security-token:" + token + "\n")
                    + "\n" + signed + "\n");
            this.toSign = ascii(ALGORITHM + "\n" + date + "\n" + scope + "\n");
        }

        private boolean hasKeyOf(Second other) {
            return day.equals(other.day) && region.equals(other.region) && secret.equals(other.secret);
        }

        private SecretKey signingKey() {
            byte[] bytes = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            try {
                Mac mac = Mac.getInstance(HMAC);
                for (String step : List.of(day, region, SERVICE, TERMINATOR)) {
                    mac.init(new SecretKeySpec(bytes, HMAC));
                    bytes = mac.doFinal(ascii(step));
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + HMAC, e);
            }
            return new SecretKeySpec(bytes, HMAC);
        }
    }

    /** One thread's digests, and the text that they are given. */
    private static final class Digests {

        private final MessageDigest sha256;
        private final Mac mac;
        private @Nullable SecretKey macKey;
        private byte[] text = new byte[1024];
        private int length;

        private Digests() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
                mac = Mac.getInstance(HMAC);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        private void begin() {
            length = 0;
        }

        private byte[] digest() {
            sha256.update(text, 0, length);
            return sha256.digest();
        }

        private byte[] mac(SecretKey key) {
            if (!key.equals(macKey)) {
                try {
                    mac.init(key);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("A signing key fits " + HMAC, e);
                }
                macKey = key;
            }
            mac.update(text, 0, length);
            return mac.doFinal();
        }

        private void writeTo(ByteBuf target) {
            target.writeBytes(text, 0, length);
        }

        private void append(byte character) {
            room(1);
            text[length++] = character;
        }

        private void append(byte[] bytes) {
            room(bytes.length);
            System.arraycopy(bytes, 0, text, length, bytes.length);
            length += bytes.length;
        }

        private void append(String ascii) {
            room(ascii.length());
            for (int i = 0; i < ascii.length(); i++) {
                text[length++] = (byte) ascii.charAt(i);
            }
        }

        private void appendHex(byte[] hash) {
            room(HASH_HEX);
            for (byte b : hash) {
                text[length++] = HEX[(b >> 4) & 0xf];
                text[length++] = HEX[b & 0xf];
            }
        }

        /** A path that is encoded already is encoded once more, for every service but S3: %3D becomes %253D. */
        private void appendEncoded(String path) {
            room(3 * path.length());
            for (int i = 0; i < path.length(); i++) {
                char c = path.charAt(i);
                if (c == '/' || PathText.isUnreserved(c)) {
                    text[length++] = (byte) c;
                } else {
                    text[length++] = '%';
                    text[length++] = UPPER_HEX[(c >> 4) & 0xf];
                    text[length++] = UPPER_HEX[c & 0xf];
                }
            }
        }

        private void room(int more) {
            if (length + more > text.length) {
                text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
            }
        }
    }
}
