package dev.parley.connection;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signature version 4 for {@code execute-api}, by the SDK's signer.
 *
 * <p>Thread-safe.
 */
public final class SigV4RequestSigner implements RequestSigner {

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Supplier<? extends AwsCredentialsIdentity> credentials;
    private final Supplier<String> region;

    /**
     * A signer.
     *
     * @param credentials asked at every request, since they change while a function lives
     */
    public SigV4RequestSigner(Supplier<? extends AwsCredentialsIdentity> credentials, Supplier<String> region) {
        this.credentials = credentials;
        this.region = region;
    }

    @Override
    public Map<String, String> sign(URI endpoint, String method, String path, byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .protocol(endpoint.getScheme())
                .host(endpoint.getHost())
                .port(endpoint.getPort() < 0 ? null : endpoint.getPort())
                .encodedPath(path)
                .build();
        SignedRequest signed = signer.sign(signing -> signing.identity(credentials.get())
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.get()));
        Map<String, String> headers = new HashMap<>();
        signed.request().forEachHeader((name, values) -> headers.put(name, values.get(0)));
        return headers;
    }
}
