package dev.parley.infra;

import dev.parley.infra.backup.BackupNames;
import dev.parley.infra.backup.CacheSnapshots;
import dev.parley.infra.backup.FileReplication;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/** Everything that holds state: the database, the cache and the files. */
final class DataStack extends NestedStack implements DataAccess {

    private final Database database;
    private final Cache cache;
    private final DataEndpoints endpoints;
    private final FileBucket files;

    DataStack(Construct scope, String id, Parameters parameters, NetworkStack network, EncryptionKey key) {
        super(scope, id);
        database = new Database(this, "Database", parameters, network, key.key());
        cache = new Cache(this, "Cache", parameters, network, key.key());
        files = new FileBucket(
                this, "Files", key.key(), parameters.profile().database().backupDays());
        BackupNames backups = BackupNames.of(parameters);
        new CacheSnapshots(this, "CacheSnapshots", backups, cache.replicationGroup());
        new FileReplication(this, "FileCopies", backups, files.bucket());
        LinkKey linkKey = new LinkKey(this, "LinkKey", key.key());
        endpoints = new DataEndpoints(
                database.proxyUrl(),
                database.readOnlyUrl(),
                database.clusterUrl(),
                cache.url(),
                cache.replicationGroup(),
                cache.user(),
                linkKey.value());
    }

    /** JDBC URL of the readers; null when the profile has none. */
    @Nullable String readOnlyUrl() {
        return database.readOnlyUrl();
    }

    @Override
    public void grantUse(Role role) {
        database.grantConnect(role);
        cache.grantConnect(role);
    }

    @Override
    public void grantMigration(Role role) {
        database.grantOwnership(role);
    }

    @Override
    public FileBucket files() {
        return files;
    }

    /** The database clusters, shard zero first. */
    List<ObservedDatabase> databases() {
        return List.of(database.observed());
    }

    /** The id of the cache's replication group. */
    String cacheId() {
        return cache.replicationGroup();
    }

    DataEndpoints endpoints() {
        return endpoints;
    }
}
