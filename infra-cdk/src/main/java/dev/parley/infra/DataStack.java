package dev.parley.infra;

import dev.parley.catalog.Regions;
import dev.parley.infra.backup.BackupNames;
import dev.parley.infra.backup.CacheSnapshots;
import dev.parley.infra.backup.FileReplication;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.region.OtherRegionStack;
import dev.parley.infra.region.RegionPlace;
import dev.parley.infra.region.SharedPart;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/** Everything that holds state: the database, the cache and the files. */
final class DataStack extends NestedStack implements DataAccess {

    private final SqlDatabase database;
    private final Cache cache;
    private final DataEndpoints endpoints;
    private final FileBucket files;
    private final PolicyStatement writerAccess;

    DataStack(
            Construct scope,
            String id,
            Parameters parameters,
            RegionPlace place,
            NetworkStack network,
            EncryptionKey key) {
        super(scope, id);
        OtherRegionStack other =
                place.first() && place.home() ? null : new OtherRegionStack(this, "Other", place, network.vpc());
        cache = new Cache(this, "Cache", parameters, network, key.key());
        LinkKey linkKey;
        if (place.first() || other == null) {
            database = new Database(this, "Database", parameters, place, network, key.key());
            files = FileBucket.made(
                    this,
                    "Files",
                    place,
                    key.key(),
                    parameters.profile().database().backupDays());
            BackupNames backups = BackupNames.of(parameters);
            new CacheSnapshots(this, "CacheSnapshots", backups, cache.replicationGroup());
            new FileReplication(this, "FileCopies", backups, files.original());
            linkKey = LinkKey.made(this, "LinkKey", place, key.key());
            if (place.regions() == Regions.TWO) {
                SharedPart.FILES.publish(this, place, files.name());
                SharedPart.FILES_KEY.publish(this, place, files.keyArn());
                SharedPart.LINK_KEY.publish(this, place, linkKey.arn());
            }
        } else {
            database =
                    new SecondaryDatabase(this, "Database", parameters.profile().database(), place, network, key.key());
            files = FileBucket.known(this, "Files", place, other);
            linkKey = LinkKey.known(this, "LinkKey", place, other);
        }
        String proxyName = new Naming(parameters.name()).proxy();
        String writer;
        String migrationUrl;
        if (place.home() || other == null) {
            writer = database.proxyHost();
            migrationUrl = database.clusterUrl();
            writerAccess = SqlDatabase.connectToProxy(place.region(), database.proxyArn());
        } else {
            writer = other.proxyHost(proxyName);
            migrationUrl = "";
            writerAccess = SqlDatabase.connectToProxy(place.otherRegion(), other.proxyArn(proxyName));
        }
        endpoints = new DataEndpoints(
                SqlDatabase.proxyUrl(writer),
                // What one Region notes as written does not keep the other Region from its readers.
                place.regions() == Regions.ONE ? database.readOnlyUrl() : null,
                migrationUrl,
                cache.url(),
                cache.replicationGroup(),
                cache.user(),
                linkKey.value());
    }

    /** JDBC URL of the readers; null when there are none. */
    @Nullable String readOnlyUrl() {
        return database.readOnlyUrl();
    }

    /** As promised, wherever the writer is. */
    @Override
    public void grantUse(Role role) {
        role.addToPolicy(writerAccess);
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
