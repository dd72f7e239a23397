package dev.parley.infra;

import dev.parley.catalog.Regions;
import dev.parley.infra.backup.BackupNames;
import dev.parley.infra.backup.CacheSnapshots;
import dev.parley.infra.backup.FileReplication;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.ClusterSpec;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.region.OtherRegionStack;
import dev.parley.infra.region.RegionPlace;
import dev.parley.infra.region.SharedPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/** Everything that holds state: the database clusters, the cache and the files. */
final class DataStack extends NestedStack implements DataAccess {

    private final List<SqlDatabase> databases;
    private final Cache cache;
    private final DataEndpoints endpoints;
    private final FileBucket files;
    private final List<PolicyStatement> writerAccess;

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
            databases = parameters.profile().clusters().stream()
                    .<SqlDatabase>map(
                            spec -> new Database(this, spec.numbered("Database"), spec, place, network, key.key()))
                    .toList();
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
            databases = parameters.profile().clusters().stream()
                    .<SqlDatabase>map(spec ->
                            new SecondaryDatabase(this, spec.numbered("Database"), spec, place, network, key.key()))
                    .toList();
            files = FileBucket.known(this, "Files", place, other);
            linkKey = LinkKey.known(this, "LinkKey", place, other);
        }
        Naming naming = new Naming(parameters.name());
        Map<ClusterSpec, String> writers = new LinkedHashMap<>();
        Map<ClusterSpec, String> clusters = new LinkedHashMap<>();
        writerAccess = new ArrayList<>();
        for (SqlDatabase database : databases) {
            ClusterSpec spec = database.spec();
            publish(database.observed(), spec);
            if (place.home() || other == null) {
                writers.put(spec, SqlDatabase.proxyUrl(database.proxyHost()));
                clusters.put(spec, database.clusterUrl());
                writerAccess.add(SqlDatabase.connectToProxy(place.region(), database.proxyArn()));
            } else {
                String proxy = naming.proxy(spec);
                writers.put(spec, SqlDatabase.proxyUrl(other.proxyHost(spec, proxy)));
                writerAccess.add(SqlDatabase.connectToProxy(place.otherRegion(), other.proxyArn(spec, proxy)));
            }
        }
        endpoints = new DataEndpoints(
                ofZero(writers),
                // What one Region notes as written does not keep the other Region from its readers.
                place.regions() == Regions.ONE ? readOnlyUrl() : null,
                ofOthers(writers),
                ofZero(clusters),
                ofOthers(clusters),
                cache.url(),
                cache.replicationGroup(),
                cache.user(),
                linkKey.value());
    }

    /** JDBC URL of the readers; null when there are none. */
    @Nullable String readOnlyUrl() {
        return zero().readOnlyUrl();
    }

    /** As promised, wherever the writer is. */
    @Override
    public void grantUse(Role role) {
        writerAccess.forEach(role::addToPolicy);
        cache.grantConnect(role);
    }

    @Override
    public void grantMigration(Role role) {
        databases.forEach(database -> database.grantOwnership(role));
    }

    @Override
    public FileBucket files() {
        return files;
    }

    /** The database clusters, {@code zero} first. */
    List<ObservedDatabase> databases() {
        return databases.stream().map(SqlDatabase::observed).toList();
    }

    /** The id of the cache's replication group. */
    String cacheId() {
        return cache.replicationGroup();
    }

    DataEndpoints endpoints() {
        return endpoints;
    }

    private void publish(ObservedDatabase database, ClusterSpec spec) {
        String parameter = database.parameter();
        if (parameter != null) {
            StringParameter.Builder.create(this, spec.numbered("ClusterName"))
                    .parameterName(parameter)
                    .description("For alarms and the dashboard of Parley")
                    .stringValue(database.cluster())
                    .build();
        }
    }

    private SqlDatabase zero() {
        return databases.getFirst();
    }

    private static String ofZero(Map<ClusterSpec, String> urls) {
        return urls.entrySet().stream()
                .filter(entry -> entry.getKey().zero())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** As functions' settings have them: {@code name=url,name=url}. */
    private static String ofOthers(Map<ClusterSpec, String> urls) {
        return urls.entrySet().stream()
                .filter(entry -> !entry.getKey().zero())
                .map(entry -> entry.getKey().name() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
