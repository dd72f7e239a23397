package dev.parley.infra;

import dev.parley.catalog.FileFolder;
import dev.parley.infra.region.OtherRegionStack;
import dev.parley.infra.region.RegionPlace;
import dev.parley.infra.region.SharedPart;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The bucket of files and images. Nothing in it is public: clients read and store through links that functions sign. It is kept
 * when the stack is deleted, as the database is.
 */
final class FileBucket extends Construct {

    /** Where the files of messages are, and the images: everything but what no message has yet. */
    private static final Set<FileFolder> KEPT = EnumSet.complementOf(EnumSet.of(FileFolder.UPLOADS));

    private final IBucket bucket;
    private final String keyArn;
    private final String region;

    private FileBucket(Construct scope, IBucket bucket, String keyArn, String region) {
        super(scope, "Access");
        this.bucket = bucket;
        this.keyArn = keyArn;
        this.region = region;
    }

    /** The bucket of the first Region as another one uses it. */
    static FileBucket known(Construct scope, String id, RegionPlace place, OtherRegionStack first) {
        Construct files = new Construct(scope, id);
        return new FileBucket(
                files,
                Bucket.fromBucketName(files, "Bucket", first.shared(SharedPart.FILES)),
                first.shared(SharedPart.FILES_KEY),
                place.otherRegion());
    }

    /**
     * Makes the bucket.
     *
     * @param days how long what was replaced or removed can be brought back, as long as the database can
     */
    static FileBucket made(Construct scope, String id, RegionPlace place, IKey key, int days) {
        Construct files = new Construct(scope, id);
        return new FileBucket(files, make(files, key, days), key.getKeyArn(), place.region());
    }

    private static Bucket make(Construct scope, IKey key, int days) {
        Bucket made = Bucket.Builder.create(scope, "Bucket")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                // One key of the bucket's own for many objects, so that KMS is asked, and paid, rarely.
                .bucketKeyEnabled(true)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .enforceSsl(true)
                // Versions are what replication copies.
                .versioned(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .cors(List.of(CorsRule.builder()
                        .allowedMethods(List.of(HttpMethods.PUT, HttpMethods.GET, HttpMethods.HEAD))
                        // Whoever has a signed link may use it from any page.
                        .allowedOrigins(List.of("*"))
                        .allowedHeaders(List.of("*"))
                        .maxAge(3600)
                        .build()))
                .lifecycleRules(List.of(
                        LifecycleRule.builder()
                                .id("unused-uploads")
                                .prefix(FileFolder.UPLOADS.prefix())
                                .expiration(Duration.days(1))
                                .build(),
                        LifecycleRule.builder()
                                .id("former-versions")
                                .noncurrentVersionExpiration(Duration.days(days))
                                .expiredObjectDeleteMarker(true)
                                .abortIncompleteMultipartUploadAfter(Duration.days(1))
                                .build()))
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-S1",
                        "Access logs would name who reads which file; the functions log every link that they sign")
                .in(made);
        return made;
    }

    /** The Region that it is in. */
    String region() {
        return region;
    }

    /** The ARN of the key that it is encrypted with. */
    String keyArn() {
        return keyArn;
    }

    /**
     * The bucket itself.
     *
     * @throws IllegalStateException if it is another Region's
     */
    Bucket original() {
        if (bucket instanceof Bucket made) {
            return made;
        }
        throw new IllegalStateException("The bucket is in " + region);
    }

    String name() {
        return bucket.getBucketName();
    }

    /** Lets a role read files and images, and sign links that do. */
    void grantRead(Role role) {
        allow(role, KEPT, "s3:GetObject");
        allowKey(role, "kms:Decrypt");
        // Without it, what is not there is forbidden instead of not found.
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("s3:ListBucket"))
                .resources(List.of(bucket.getBucketArn()))
                .build());
    }

    /** Lets a role store and remove them too, and read and sign what clients upload. */
    void grantWrite(Role role) {
        grantRead(role);
        allowKey(role, "kms:GenerateDataKey");
        allow(role, KEPT, "s3:PutObject", "s3:DeleteObject");
        allow(role, Set.of(FileFolder.UPLOADS), "s3:GetObject", "s3:PutObject");
    }

    /** S3 uses the key for whoever reads or stores, also through a link: for whoever signed it. */
    private void allowKey(Role role, String action) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of(action))
                .resources(List.of(keyArn))
                .conditions(Map.of("StringEquals", Map.of("kms:ViaService", "s3." + region + ".amazonaws.com")))
                .build());
    }

    private void allow(Role role, Set<FileFolder> folders, String... actions) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(folders.stream()
                        .map(folder -> bucket.arnForObjects(folder.prefix() + "*"))
                        .toList())
                .build());
    }
}
