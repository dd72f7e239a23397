package dev.parley.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

class ConnectTokensTest {

    private static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final AwsSessionCredentials CREDENTIALS =
            AwsSessionCredentials.create("ASIAEXAMPLE", SECRET_KEY, "session/token+of=STS");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant NOW = Instant.parse("2026-11-28T03:04:05Z");

    @Test
    void aTokenForADatabaseIsTheOneThatTheSdkOfRdsMakes() {
        // Given
        String host = "parley.proxy-abc.eu-west-1.rds.amazonaws.com";
        String expected = RdsUtilities.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
                .build()
                .generateAuthenticationToken(
                        request -> request.hostname(host).port(5432).username("parley_app"));
        Instant made = Instant.from(DATE.parse(parameter(expected, "X-Amz-Date")));

        // When
        Secret token = tokens(made).forDatabase(host, 5432, "parley_app");

        // Then
        assertThat(parameter(token.value(), "X-Amz-Signature")).isEqualTo(parameter(expected, "X-Amz-Signature"));
        assertThat(token.value()).startsWith(host + ":5432/?").hasSameSizeAs(expected);
        assertThat(parameters(token.value())).isEqualTo(parameters(expected));
    }

    @Test
    void aTokenForADatabaseOfAnotherRegionIsSignedForThatRegion() {
        // When
        String there = tokens(NOW)
                .forDatabase("parley.proxy-abc.us-west-2.rds.amazonaws.com", 5432, "parley_app")
                .value();
        String unknown =
                tokens(NOW).forDatabase("database.internal", 5432, "parley_app").value();

        // Then
        assertThat(parameter(there, "X-Amz-Credential")).contains("%2Fus-west-2%2Frds-db%2F");
        assertThat(parameter(unknown, "X-Amz-Credential")).contains("%2Feu-west-1%2Frds-db%2F");
    }

    @Test
    void aTokenForACacheNamesItsReplicationGroupAndUserAndIsSigned() throws Exception {
        // When
        String token = tokens(NOW).forCache("parley-cache", "parley-functions").value();

        // Then
        assertThat(token).startsWith("parley-cache/?");
        assertThat(parameter(token, "Action")).isEqualTo("connect");
        assertThat(parameter(token, "User")).isEqualTo("parley-functions");
        assertThat(parameter(token, "X-Amz-Expires")).isEqualTo("900");
        assertThat(parameter(token, "X-Amz-Date")).isEqualTo("20261128T030405Z");
        assertThat(parameter(token, "X-Amz-Credential"))
                .isEqualTo("ASIAEXAMPLE%2F20261128%2Feu-west-1%2Felasticache%2Faws4_request");
        assertThat(parameter(token, "X-Amz-Signature")).isEqualTo(signature(token, "elasticache"));
    }

    @Test
    void everyTokenIsMadeOfTheTimeAndTheCredentialsOfItsConnection() {
        // Given
        Instant[] now = {NOW};
        AwsSessionCredentials[] credentials = {CREDENTIALS};
        InstantSource time = () -> now[0];
        ConnectTokens tokens =
                new ConnectTokens(() -> credentials[0], () -> "eu-west-1", time.withZone(ZoneOffset.UTC));
        Secret first = tokens.forCache("parley-cache", "parley-functions");

        // When
        now[0] = NOW.plusSeconds(1);
        Secret later = tokens.forCache("parley-cache", "parley-functions");
        credentials[0] = AwsSessionCredentials.create("ASIAROTATED", SECRET_KEY, "another");
        Secret rotated = tokens.forCache("parley-cache", "parley-functions");

        // Then
        assertThat(parameter(first.value(), "X-Amz-Date")).isEqualTo("20261128T030405Z");
        assertThat(parameter(later.value(), "X-Amz-Date")).isEqualTo("20261128T030406Z");
        assertThat(parameter(rotated.value(), "X-Amz-Credential")).startsWith("ASIAROTATED");
    }

    private static ConnectTokens tokens(Instant now) {
        return new ConnectTokens(() -> CREDENTIALS, () -> "eu-west-1", Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Signature Version 4 for a query string, written from its specification. */
    private static String signature(String token, String service) throws GeneralSecurityException {
        String canonicalQuery = Arrays.stream(query(token).split("&"))
                .filter(parameter -> !parameter.startsWith("X-Amz-Signature="))
                .sorted()
                .collect(Collectors.joining("&"));
        String host = token.substring(0, token.indexOf('/'));
        String canonical = "GET\n/\n" + canonicalQuery + "\nhost:" + host + "\n\nhost\n" + sha256("");
        String date = parameter(token, "X-Amz-Date");
        String scope = date.substring(0, 8) + "/eu-west-1/" + service + "/aws4_request";
        byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        String text = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical);
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String parameter(String token, String name) {
        return Arrays.stream(query(token).split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1))
                .collect(Collectors.joining(" and "));
    }

    private static Set<String> parameters(String token) {
        return Set.of(query(token).split("&"));
    }

    private static String query(String token) {
        return URI.create("http://" + token).getRawQuery();
    }
}
