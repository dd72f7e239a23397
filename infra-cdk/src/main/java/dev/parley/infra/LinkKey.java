package dev.parley.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * The keys that links to files are signed with, in Secrets Manager: one, or several separated by commas, of which the first
 * signs and all are taken. {@code docs/data.md} says how a new one comes and an old one goes.
 */
final class LinkKey extends Construct {

    private static final int LENGTH = 64;

    private final Secret secret;

    LinkKey(Construct scope, String id, IKey key) {
        super(scope, id);
        secret = Secret.Builder.create(this, "Secret")
                .description("Keys that links to files are signed with; the first one signs")
                .encryptionKey(key)
                .generateSecretString(SecretStringGenerator.builder()
                        .excludePunctuation(true)
                        .passwordLength(LENGTH)
                        .build())
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-SMG4",
                        "Functions get the keys when they are deployed, and the key before must stay until its last link"
                                + " has ended: a new one comes with a deployment, as docs/data.md says")
                .in(secret);
    }

    /** A dynamic reference to the keys. */
    String value() {
        return secret.getSecretValue().unsafeUnwrap();
    }
}
