package dev.parley.infra.logsearch;

import dev.parley.infra.AcceptedFinding;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.AmazonopensearchserviceBufferingHintsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.AmazonopensearchserviceDestinationConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.AmazonopensearchserviceRetryOptionsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.DeliveryStreamEncryptionConfigurationInputProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.KMSEncryptionConfigProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.S3DestinationConfigurationProperty;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.LogStream;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** The Firehose stream that puts documents into the index of their day, and what OpenSearch refuses into a bucket. */
final class LogDelivery extends Construct {

    private static final int BUFFER_SECONDS = 60;
    private static final int BUFFER_MIB = 5;
    private static final int RETRY_SECONDS = 300;
    private static final Duration REFUSED_KEPT = Duration.days(30);

    private final CfnDeliveryStream stream;
    private final Role role;

    /** @param index the beginning of the indices' names; Firehose adds a hyphen and the day */
    LogDelivery(Construct scope, String id, String deployment, String index, LogDomain domain, IKey key) {
        super(scope, id);
        Bucket refused = refused(key);
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .logGroupName("/" + deployment + "/log-delivery")
                .encryptionKey(key)
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        LogStream errors = LogStream.Builder.create(this, "Errors")
                .logGroup(log)
                .logStreamName("errors")
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = role(domain, refused, log, key);
        stream = CfnDeliveryStream.Builder.create(this, "Stream")
                .deliveryStreamName(deployment + "-logs")
                .deliveryStreamType("DirectPut")
                .deliveryStreamEncryptionConfigurationInput(DeliveryStreamEncryptionConfigurationInputProperty.builder()
                        .keyType("CUSTOMER_MANAGED_CMK")
                        .keyArn(key.getKeyArn())
                        .build())
                .amazonopensearchserviceDestinationConfiguration(
                        AmazonopensearchserviceDestinationConfigurationProperty.builder()
                                .domainArn(domain.arn())
                                .roleArn(role.getRoleArn())
                                .indexName(index)
                                .indexRotationPeriod("OneDay")
                                .bufferingHints(AmazonopensearchserviceBufferingHintsProperty.builder()
                                        .intervalInSeconds(BUFFER_SECONDS)
                                        .sizeInMBs(BUFFER_MIB)
                                        .build())
                                .retryOptions(AmazonopensearchserviceRetryOptionsProperty.builder()
                                        .durationInSeconds(RETRY_SECONDS)
                                        .build())
                                .s3BackupMode("FailedDocumentsOnly")
                                .s3Configuration(S3DestinationConfigurationProperty.builder()
                                        .bucketArn(refused.getBucketArn())
                                        .roleArn(role.getRoleArn())
                                        .compressionFormat("GZIP")
                                        .encryptionConfiguration(EncryptionConfigurationProperty.builder()
                                                .kmsEncryptionConfig(KMSEncryptionConfigProperty.builder()
                                                        .awskmsKeyArn(key.getKeyArn())
                                                        .build())
                                                .build())
                                        .build())
                                .cloudWatchLoggingOptions(CloudWatchLoggingOptionsProperty.builder()
                                        .enabled(true)
                                        .logGroupName(log.getLogGroupName())
                                        .logStreamName(errors.getLogStreamName())
                                        .build())
                                .build())
                .build();
    }

    /** The stream itself. */
    CfnDeliveryStream stream() {
        return stream;
    }

    String streamName() {
        return stream.getRef();
    }

    String streamArn() {
        return stream.getAttrArn();
    }

    /** What documents are written as. */
    Role role() {
        return role;
    }

    private Bucket refused(IKey key) {
        Bucket bucket = Bucket.Builder.create(this, "Refused")
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(
                        List.of(LifecycleRule.builder().expiration(REFUSED_KEPT).build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-S1",
                        "The bucket holds log lines that OpenSearch refused, for 30 days; only Firehose writes to it")
                .in(bucket);
        return bucket;
    }

    /** The role, with the statements of "Grant Firehose access to a public OpenSearch Service destination". */
    private Role role(LogDomain domain, Bucket refused, LogGroup log, IKey key) {
        Role made = Role.Builder.create(this, "Role")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("firehose.amazonaws.com"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
                .description("Firehose: logs to OpenSearch, and what it refuses to S3")
                .inlinePolicies(Map.of(
                        "Deliver",
                        PolicyDocument.Builder.create()
                                .statements(List.of(
                                        allow(
                                                List.of(
                                                        "es:DescribeDomain",
                                                        "es:DescribeDomains",
                                                        "es:DescribeDomainConfig",
                                                        "es:ESHttpGet",
                                                        "es:ESHttpPost",
                                                        "es:ESHttpPut"),
                                                domain.arn(),
                                                domain.arn() + "/*"),
                                        allow(
                                                List.of(
                                                        "s3:AbortMultipartUpload",
                                                        "s3:GetBucketLocation",
                                                        "s3:ListBucket",
                                                        "s3:ListBucketMultipartUploads",
                                                        "s3:PutObject"),
                                                refused.getBucketArn(),
                                                refused.getBucketArn() + "/*"),
                                        allow(List.of("kms:Decrypt", "kms:GenerateDataKey"), key.getKeyArn()),
                                        allow(List.of("logs:PutLogEvents"), log.getLogGroupArn())))
                                .build()))
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-IAM5",
                        "Firehose writes to the index of each day, objects of any name, and the stream in its own log group")
                .in(made);
        return made;
    }

    private static PolicyStatement allow(List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(resources))
                .build();
    }
}
