package dev.parley.local.apigateway;

import dev.parley.settings.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks Signature Version 4 in the {@code Authorization} header ("Create a signed AWS API request"). The payload's hash is
 * always that of the body: an unsigned payload is refused.
 *
 * <p>Thread-safe: each thread has its own digests and its own signing key of the day.
 */
final class SigV4Verifier {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String SERVICE = "execute-api";
    private static final String TERMINATOR = "aws4_request";
    private static final String DATE_HEADER = "x-amz-date";
    private static final int DAY_LENGTH = 8;
    private static final long MAX_SKEW_MILLIS = 5 * 60 * 1000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final HexFormat HEX = HexFormat.of();

    private final String accessKeyId;
    private final Secret secret;
    private final String region;
    private final Clock clock;
    private final FastThreadLocal<Digests> digests = new FastThreadLocal<>() {
        @Override
        protected Digests initialValue() throws GeneralSecurityException {
            return new Digests();
        }
    };

    private static final class Digests {
        private final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        private final Mac signing = Mac.getInstance(HMAC);
        private String signingDay = "";
        private String dateText = "";
        private long dateMillis;

        private Digests() throws GeneralSecurityException {}
    }

    private record Authorization(String scope, List<String> signedHeaders, String signature) {}

    SigV4Verifier(String accessKeyId, Secret secret, String region, Clock clock) {
        this.accessKeyId = accessKeyId;
        this.secret = secret;
        this.region = region;
        this.clock = clock;
    }

    /** Whether a request is signed with the account's key, for this Region, within five minutes. */
    boolean verify(Request request) {
        HttpHeaders headers = request.headers();
        String date = headers.get(DATE_HEADER);
        Authorization authorization = parse(headers.get(HttpHeaderNames.AUTHORIZATION));
        if (date == null || authorization == null) {
            return false;
        }
        List<String> signed = authorization.signedHeaders();
        if (!signed.contains("host") || !signed.contains(DATE_HEADER)) {
            return false;
        }
        Digests own = digests.get();
        try {
            if (!isCurrent(date, own) || !authorization.scope().equals(scope(date))) {
                return false;
            }
            byte[] canonical = canonicalRequest(request, authorization, own).getBytes(StandardCharsets.UTF_8);
            String toSign = ALGORITHM + "\n" + date + "\n" + authorization.scope() + "\n"
                    + HEX.formatHex(own.sha256.digest(canonical));
            byte[] expected = signer(date, own).doFinal(toSign.getBytes(StandardCharsets.UTF_8));
            // Takes as long for a wrong first character as for a wrong last one.
            return MessageDigest.isEqual(
                    HEX.formatHex(expected).getBytes(StandardCharsets.UTF_8),
                    authorization.signature().getBytes(StandardCharsets.UTF_8));
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }

    private @Nullable Authorization parse(@Nullable String header) {
        if (header == null || !header.startsWith(ALGORITHM + " ")) {
            return null;
        }
        String credential = null;
        String signedHeaders = null;
        String signature = null;
        for (String part : header.substring(ALGORITHM.length() + 1).split(",", -1)) {
            String trimmed = part.strip();
            if (trimmed.startsWith("Credential=")) {
                credential = trimmed.substring("Credential=".length());
            } else if (trimmed.startsWith("SignedHeaders=")) {
                signedHeaders = trimmed.substring("SignedHeaders=".length());
            } else if (trimmed.startsWith("Signature=")) {
                signature = trimmed.substring("Signature=".length());
            }
        }
        if (credential == null || signedHeaders == null || signature == null) {
            return null;
        }
        return credential.startsWith(accessKeyId + "/")
                ? new Authorization(
                        credential.substring(accessKeyId.length() + 1),
                        List.of(signedHeaders.split(";", -1)),
                        signature)
                : null;
    }

    private boolean isCurrent(String date, Digests own) {
        if (!date.equals(own.dateText)) {
            own.dateMillis =
                    LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC).toEpochMilli();
            own.dateText = date;
        }
        return Math.abs(clock.millis() - own.dateMillis) <= MAX_SKEW_MILLIS;
    }

    private String scope(String date) {
        return date.substring(0, DAY_LENGTH) + "/" + region + "/" + SERVICE + "/" + TERMINATOR;
    }

    private Mac signer(String date, Digests own) throws GeneralSecurityException {
        String day = date.substring(0, DAY_LENGTH);
        if (!day.equals(own.signingDay)) {
            byte[] key = ("AWS4" + secret.value()).getBytes(StandardCharsets.UTF_8);
            for (String step : List.of(day, region, SERVICE, TERMINATOR)) {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(key, HMAC));
                key = mac.doFinal(step.getBytes(StandardCharsets.UTF_8));
            }
            own.signing.init(new SecretKeySpec(key, HMAC));
            own.signingDay = day;
        }
        return own.signing;
    }

    private static String canonicalRequest(Request request, Authorization authorization, Digests own) {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method().name()).append('\n');
        encode(request.path(), true, text);
        text.append('\n').append(canonicalQuery(request.query())).append('\n');
        for (String name : authorization.signedHeaders()) {
            text.append(name).append(':');
            List<String> values = request.headers().getAll(name);
            for (int i = 0; i < values.size(); i++) {
                text.append(i == 0 ? "" : ",").append(collapse(values.get(i)));
            }
            text.append('\n');
        }
        text.append('\n')
                .append(String.join(";", authorization.signedHeaders()))
                .append('\n');
        return text.append(HEX.formatHex(own.sha256.digest(request.body()))).toString();
    }

    private static String canonicalQuery(String query) {
        if (query.isEmpty()) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, List<String>> parameter :
                new QueryStringDecoder(query, false).parameters().entrySet()) {
            for (String value : parameter.getValue()) {
                StringBuilder pair = new StringBuilder();
                encode(parameter.getKey(), false, pair);
                pair.append('=');
                encode(value, false, pair);
                pairs.add(pair.toString());
            }
        }
        pairs.sort(null);
        return String.join("&", pairs);
    }

    /** Percent-encodes all but unreserved characters; a path that is encoded already is encoded once more, as AWS does. */
    private static void encode(String text, boolean keepSlash, StringBuilder target) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.'
                    || c == '~'
                    || (c == '/' && keepSlash);
            if (plain) {
                target.append(c);
            } else {
                target.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
    }

    private static String collapse(String value) {
        String stripped = value.strip();
        return stripped.contains("  ") ? stripped.replaceAll(" +", " ") : stripped;
    }
}
