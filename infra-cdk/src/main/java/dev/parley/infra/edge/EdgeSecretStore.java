package dev.parley.infra.edge;

import dev.parley.infra.AcceptedFinding;
import java.util.Collection;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.secretsmanager.ReplicaRegion;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * Makes the secret of the edge in the first Region, and copies of it in every other Region whose templates refer to it. The
 * one before stays beside it, since its value is a part of the new one.
 */
public final class EdgeSecretStore extends Construct {

    /** Letters and digits only: the value stands in a header and in JSON. */
    private static final int LENGTH = 64;

    /**
     * Makes a secret, and its predecessor if it has one.
     *
     * @param copies the other Regions
     */
    public EdgeSecretStore(Construct scope, String id, EdgeSecret secret, Collection<String> copies) {
        super(scope, id);
        if (secret.hasPredecessor()) {
            Secret before = make(secret.predecessor(), copies);
            make(secret, copies).getNode().addDependency(before);
        } else {
            make(secret, copies);
        }
    }

    private Secret make(EdgeSecret secret, Collection<String> copies) {
        List<ReplicaRegion> replicas = copies.stream()
                .map(region -> ReplicaRegion.builder().region(region).build())
                .toList();
        Secret made = Secret.Builder.create(this, "Secret" + secret.number())
                .secretName(secret.name())
                .description("What the edge of Parley proves itself with")
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate(template(secret))
                        .generateStringKey(EdgeSecret.CURRENT)
                        .excludePunctuation(true)
                        .passwordLength(LENGTH)
                        .build())
                .replicaRegions(replicas.isEmpty() ? null : replicas)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-SMG4",
                        "A deployment with the next number replaces it, functions first and the edge after them; a"
                                + " rotation between deployments would reach neither")
                .in(made);
        return made;
    }

    private static String template(EdgeSecret secret) {
        return secret.hasPredecessor()
                ? "{\"" + EdgeSecret.PREVIOUS + "\":\"" + secret.predecessor().sent() + "\"}"
                : "{}";
    }
}
