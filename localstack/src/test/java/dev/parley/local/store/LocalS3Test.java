package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

final class LocalS3Test {

    private static final String BUCKET = "attachments";
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void keepsObjectsBetweenRuns() {
        // Given
        try (LocalS3 s3 = start();
                S3Client client = client(s3, "secret")) {
            s3.createBucket(BUCKET);
            client.putObject(
                    put -> put.bucket(BUCKET).key("1/2/cat.png").contentType("image/png"),
                    RequestBody.fromString("meow"));
        }

        // When
        try (LocalS3 s3 = start();
                S3Client client = client(s3, "secret")) {
            s3.createBucket(BUCKET);
            var object = client.getObjectAsBytes(get -> get.bucket(BUCKET).key("1/2/cat.png"));

            // Then
            assertThat(object.asUtf8String()).isEqualTo("meow");
            assertThat(object.response().contentType()).isEqualTo("image/png");
        }
    }

    @Test
    void takesPresignedUploadsAndDownloads() throws Exception {
        // Given
        try (LocalS3 s3 = start();
                S3Presigner presigner = presigner(s3);
                HttpClient http = HttpClient.newHttpClient()) {
            s3.createBucket(BUCKET);
            URI upload = presigner
                    .presignPutObject(presign -> presign.signatureDuration(VALIDITY)
                            .putObjectRequest(put -> put.bucket(BUCKET).key("cat.png")))
                    .url()
                    .toURI();
            URI download = presigner
                    .presignGetObject(presign -> presign.signatureDuration(VALIDITY)
                            .getObjectRequest(get -> get.bucket(BUCKET).key("cat.png")))
                    .url()
                    .toURI();

            // When
            HttpResponse<String> put = http.send(
                    HttpRequest.newBuilder(upload)
                            .PUT(HttpRequest.BodyPublishers.ofString("meow"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> get =
                    http.send(HttpRequest.newBuilder(download).build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> unsigned = http.send(
                    HttpRequest.newBuilder(URI.create(s3.endpoint() + "/" + BUCKET + "/cat.png"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
            assertThat(get.statusCode()).as(get.body()).isEqualTo(200);
            assertThat(get.body()).isEqualTo("meow");
            assertThat(unsigned.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void refusesAWrongSecret() {
        // Given
        try (LocalS3 s3 = start();
                S3Client client = client(s3, "guess")) {
            s3.createBucket(BUCKET);

            // When / Then
            assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket(BUCKET)))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void closesWithoutHavingStarted() {
        // Given
        LocalS3 s3 = start();

        // When
        s3.close();

        // Then
        assertThatThrownBy(s3::endpoint).isInstanceOf(LocalStoreException.class);
    }

    private LocalS3 start() {
        return new LocalS3(folder, "local", new Secret("secret"));
    }

    private static S3Client client(LocalS3 s3, String secret) {
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", secret)))
                .build();
    }

    private static S3Presigner presigner(LocalS3 s3) {
        return S3Presigner.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
                .build();
    }
}
