package dev.parley.infra;

import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/** Everything that holds state: the database and the cache. */
final class DataStack extends NestedStack {

    private final DataEndpoints endpoints;

    DataStack(Construct scope, String id, String deployment, NetworkStack network) {
        super(scope, id);
        Database database = new Database(this, "Database", deployment, network);
        Cache cache = new Cache(this, "Cache", network);
        endpoints = new DataEndpoints(
                database.proxyUrl(), database.clusterUrl(), Database.USER, database.password(), cache.url());
    }

    DataEndpoints endpoints() {
        return endpoints;
    }
}
