package dev.parley.infra;

import dev.parley.infra.backup.BackupNames;
import dev.parley.infra.backup.CacheSnapshots;
import dev.parley.infra.backup.FileReplication;
import dev.parley.infra.phase.Parameters;
import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/** Everything that holds state: the database, the cache and the files. */
final class DataStack extends NestedStack {

    private final DataEndpoints endpoints;
    private final FileBucket files;

    DataStack(Construct scope, String id, Parameters parameters, NetworkStack network, EncryptionKey key) {
        super(scope, id);
        Database database = new Database(this, "Database", parameters, network, key.key());
        Cache cache = new Cache(this, "Cache", parameters.profile().cache(), network, key.key());
        files = new FileBucket(this, "Files");
        BackupNames backups = BackupNames.of(parameters);
        new CacheSnapshots(this, "CacheSnapshots", backups, cache.replicationGroup());
        new FileReplication(this, "FileCopies", backups, files.bucket());
        endpoints = new DataEndpoints(
                database.proxyUrl(), database.clusterUrl(), Database.USER, database.password(), cache.url());
    }

    /** The bucket of files and images. */
    FileBucket files() {
        return files;
    }

    DataEndpoints endpoints() {
        return endpoints;
    }
}
