package dev.parley.infra;

import dev.parley.catalog.Regions;
import dev.parley.infra.region.OtherRegionStack;
import dev.parley.infra.region.RegionPlace;
import dev.parley.infra.region.SharedPart;
import java.util.List;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.ReplicaRegion;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * The keys that links to files are signed with, in Secrets Manager: one, or several separated by commas, of which the first
 * signs and all are taken. {@code docs/data.md} says how a new one comes and an old one goes.
 */
final class LinkKey extends Construct {

    private static final int LENGTH = 64;

    private final ISecret secret;

    private LinkKey(Construct scope, ISecret secret) {
        super(scope, "Access");
        this.secret = secret;
    }

    /** The first Region's copy, which the other one has the same of: a link leads to either. */
    static LinkKey known(Construct scope, String id, RegionPlace place, OtherRegionStack first) {
        Construct keys = new Construct(scope, id);
        String copy = Fn.join(place.region(), Fn.split(place.otherRegion(), first.shared(SharedPart.LINK_KEY)));
        return new LinkKey(keys, Secret.fromSecretCompleteArn(keys, "Secret", copy));
    }

    /** Makes the secret, with a copy in the other Region if there is one. */
    static LinkKey made(Construct scope, String id, RegionPlace place, IKey key) {
        Construct keys = new Construct(scope, id);
        return new LinkKey(keys, make(keys, place, key));
    }

    /** Its ARN, which the ARN of a copy differs from in the Region. */
    String arn() {
        return secret.getSecretArn();
    }

    private static Secret make(Construct scope, RegionPlace place, IKey key) {
        Secret made = Secret.Builder.create(scope, "Secret")
                .description("Keys that links to files are signed with; the first one signs")
                .encryptionKey(key)
                .generateSecretString(SecretStringGenerator.builder()
                        .excludePunctuation(true)
                        .passwordLength(LENGTH)
                        .build())
                .replicaRegions(
                        place.regions() == Regions.ONE
                                ? null
                                : List.of(ReplicaRegion.builder()
                                        .region(place.otherRegion())
                                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-SMG4",
                        "Functions get the keys when they are deployed, and the key before must stay until its last link"
                                + " has ended: a new one comes with a deployment, as docs/data.md says")
                .in(made);
        return made;
    }

    /** A dynamic reference to the keys. */
    String value() {
        return secret.getSecretValue().unsafeUnwrap();
    }
}
