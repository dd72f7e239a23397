package dev.parley.iam;

import dev.parley.settings.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Passwords for RDS and ElastiCache that say who connects instead of what they know: a request to connect, signed with the
 * credentials of this process, without its scheme (Aurora user guide, "Connecting to your DB cluster using IAM authentication";
 * ElastiCache user guide, "Authenticating with IAM").
 *
 * <p>A token opens connections for 15 minutes, or as long as the credentials that signed it, whichever ends first. So none is
 * kept here, and none should be: a token is made for one connection. Making one sends nothing, unless the credentials have to be
 * fetched again.
 *
 * <p>Thread-safe.
 */
public final class ConnectTokens {

    /** How long a token opens connections; both services take no longer. */
    public static final Duration VALIDITY = Duration.ofMinutes(15);

    /** The host names of RDS (Aurora user guide, "Amazon Aurora connections"), clusters' as well as proxies'. */
    private static final Pattern DATABASE = Pattern.compile(
            "\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.rds\\.amazonaws\\.com(?:\\.cn)?$", Pattern.CASE_INSENSITIVE);

    private static final String SCHEME = "http://";

    private final Supplier<? extends AwsCredentialsIdentity> credentials;
    private final Supplier<String> region;
    private final Clock clock;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * Signs for this Region, and for the one that a database is in.
     *
     * @param credentials asked for each token, since they change while a function lives
     * @param clock the time that tokens carry
     */
    public ConnectTokens(Supplier<? extends AwsCredentialsIdentity> credentials, Supplier<String> region, Clock clock) {
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    /**
     * The password of a database user that may log in by IAM. It is signed for the Region in the host's name, which may be
     * another one; for this one if the name has none.
     *
     * @param host the endpoint, of a cluster or of a proxy, as the client names it
     */
    public Secret forDatabase(String host, int port, String user) {
        Matcher elsewhere = DATABASE.matcher(host);
        String where = elsewhere.find() ? elsewhere.group(1).toLowerCase(Locale.ROOT) : region.get();
        return token("rds-db", where, host + ":" + port, Map.of("Action", "connect", "DBUser", user));
    }

    /**
     * The password of an ElastiCache user that may log in by IAM.
     *
     * @param replicationGroup the cache's id, in lower case, which is a part of its endpoint and not the whole
     */
    public Secret forCache(String replicationGroup, String user) {
        return token("elasticache", region.get(), replicationGroup, Map.of("Action", "connect", "User", user));
    }

    private Secret token(String service, String where, String authority, Map<String, String> parameters) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(SCHEME + authority + "/"));
        parameters.forEach(request::putRawQueryParameter);
        URI signed = signer.sign(signing -> signing.identity(credentials.get())
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, where)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, VALIDITY)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
        return new Secret(signed.toString().substring(SCHEME.length()));
    }
}
