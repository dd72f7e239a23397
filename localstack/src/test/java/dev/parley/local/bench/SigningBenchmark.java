package dev.parley.local.bench;

import dev.parley.connection.RequestSigner;
import dev.parley.connection.SigV4RequestSigner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/** The signature of one delivery, by the signer that deliveries have and by the SDK's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("deprecation") // The SDK's newer signer adds a header that only S3 asks for.
public class SigningBenchmark {

    private static final String PATH = "/gateway/@connections/R0oXAdf%2B%2F0kwCH6w%3D";
    private static final URI ENDPOINT = URI.create("https://abcdefghij.execute-api.eu-central-1.amazonaws.com");

    private final AwsBasicCredentials credentials = AwsBasicCredentials.create("AKIDEXAMPLE", "not a secret");
    private final byte[] body = "m".repeat(800).getBytes(StandardCharsets.US_ASCII);
    private final RequestSigner signer =
            new SigV4RequestSigner(ENDPOINT, () -> credentials, () -> "eu-central-1", Clock.systemUTC());
    private final ByteBuf head = Unpooled.buffer(1024);
    private final Aws4Signer sdk = Aws4Signer.create();
    private final Aws4SignerParams parameters = Aws4SignerParams.builder()
            .awsCredentials(credentials)
            .signingName("execute-api")
            .signingRegion(Region.EU_CENTRAL_1)
            .doubleUrlEncode(true)
            .build();

    @Benchmark
    public ByteBuf own() {
        head.clear();
        signer.sign("POST", PATH, body, head);
        return head;
    }

    @Benchmark
    public SdkHttpFullRequest sdk() {
        return sdk.sign(
                SdkHttpFullRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(ENDPOINT)
                        .encodedPath(PATH)
                        .contentStreamProvider(() -> new ByteArrayInputStream(body))
                        .build(),
                parameters);
    }
}
