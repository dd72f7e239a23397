package dev.parley.infra.observability;

import dev.parley.infra.Naming;
import software.amazon.awscdk.services.logs.CfnQueryDefinition;
import software.constructs.Construct;

/**
 * The saved queries of a deployment.
 *
 * <p>They name no log groups. A query takes 50 by name and a deployment has about 200, while it takes 10,000 by prefix; the prefix
 * is chosen in the console, or said with {@code SOURCE} on the command line, where alone {@code SOURCE} works (CloudWatch Logs user
 * guide, "SOURCE"). The first line of each query says which prefix.
 */
final class SavedQueries extends Construct {

    SavedQueries(Construct scope, String id, Naming naming) {
        super(scope, id);
        for (SavedQuery query : SavedQuery.values()) {
            CfnQueryDefinition.Builder.create(this, query.title())
                    .name(naming.deployment() + "/" + query.title())
                    .queryString("# Log groups: all with the prefix " + naming.logGroupPrefix() + "\n" + query.text())
                    .build();
        }
    }
}
