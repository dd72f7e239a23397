package dev.parley.functions.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.InvokedFunction;
import dev.parley.migrations.Migrations;
import dev.parley.migrations.Migrations.Content;
import dev.parley.migrations.Migrations.Outcome;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.shard.ClusterSettings;
import dev.parley.shard.RequiredClusters;
import dev.parley.store.Database;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema of all clusters up to date, and refuses a deployment that would leave content on a cluster that it does not have.
 * A deployment runs it before the other functions change.
 */
public final class MigrateFunction extends InvokedFunction {

    private static final Logger log = LoggerFactory.getLogger(MigrateFunction.class);

    public MigrateFunction() {
        this(Parley.fromEnvironment());
    }

    public MigrateFunction(Parley parley) {
        super(parley);
    }

    /** Nothing: before the first migration there is nothing to ask. */
    @Override
    protected void prime() {}

    @Override
    protected Object answer(JsonNode nothing) {
        Settings settings = parley.settings();
        String direct = settings.text(Setting.MIGRATION_URL);
        String url = direct.isEmpty() ? settings.text(Setting.DATABASE_URL) : direct;
        String owner = settings.text(Setting.MIGRATION_USER);
        String user = owner.isEmpty() ? settings.text(Setting.DATABASE_USER) : owner;
        Outcome outcome = new Migrations(
                        url, user, parley.databaseLogin().password(url, user).value())
                .migrate();
        String othersDirect = settings.text(Setting.MIGRATION_CLUSTERS);
        Map<String, String> others = ClusterSettings.urls(
                settings, othersDirect.isEmpty() ? Setting.DATABASE_CLUSTERS : Setting.MIGRATION_CLUSTERS);
        refuseToLeaveContent(url, user, others.keySet());
        others.forEach((name, cluster) -> {
            Outcome there = new Migrations(
                            cluster,
                            user,
                            parley.databaseLogin().password(cluster, user).value(),
                            Content.NONE)
                    .migrate();
            log.info("Cluster {}: {} migrations applied, version {}", name, there.applied(), there.version());
        });
        log.info("{} migrations applied; the schema is at version {}", outcome.applied(), outcome.version());
        return outcome;
    }

    /** Before any function changes, since those that do not know a cluster could not read what is on it. */
    private void refuseToLeaveContent(String url, String user, Set<String> clusters) {
        try (Database directory = new Database(
                url,
                user,
                () -> parley.databaseLogin().password(url, user),
                1,
                parley.settings().duration(Setting.DATABASE_TIMEOUT))) {
            new RequiredClusters(directory).requireAmong(clusters);
        }
    }
}
