package dev.parley.local;

import dev.parley.local.apigateway.MovableClock;
import dev.parley.local.store.TestPooler;
import dev.parley.settings.Setting;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one local cloud, which is started once for all of them and stopped at the end of the run, and what cuts its
 * connections. A guild with more than 25 sessions is large there, so that the tests come by both ways of delivery. Faults are on:
 * who sets one ends it.
 */
public final class LocalCloudExtension implements ParameterResolver {

    /** With {@code -Dparley.test.content=apart} all content is on another cluster than the directory. */
    private static final boolean CONTENT_APART = "apart".equals(System.getProperty("parley.test.content"));

    private static final LocalCloudOptions OPTIONS = LocalCloudOptions.ephemeral()
            .withSettings(Map.of(
                    Setting.LARGE_GUILD.variable(),
                    "25",
                    // Tests move the clock by hours, which the sweeper would take for clients' silence.
                    Setting.SWEEP_UNSEEN.variable(),
                    "1000d",
                    // Bots are slow on a machine that runs all tests.
                    Setting.INTERACTION_DEADLINE.variable(),
                    "30s"))
            .withFaults(true)
            .withDatabase(TestPooler.options())
            .withDatabaseClusters(CONTENT_APART ? 2 : 1);

    private static final Namespace SHARED = Namespace.create(LocalCloudExtension.class);

    private record Shared(LocalCloud cloud, ConnectionCutter cutter) implements AutoCloseable {

        static Shared start() {
            MovableClock clock = new MovableClock();
            LocalCloud cloud = LocalCloud.start(OPTIONS.withClock(clock), StartProgress.none());
            if (CONTENT_APART) {
                ContentPlacement.moveEmpty(CloudSystem.of(cloud), "cluster-2");
            }
            return new Shared(cloud, new ConnectionCutter(cloud, clock));
        }

        @Override
        public void close() {
            cloud.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalCloud.class || type == ConnectionCutter.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared =
                context.getRoot().getStore(SHARED).computeIfAbsent("cloud", key -> Shared.start(), Shared.class);
        return parameter.getParameter().getType() == LocalCloud.class ? shared.cloud() : shared.cutter();
    }
}
