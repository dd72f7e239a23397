package dev.parley.local;

import dev.parley.settings.Setting;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one local cloud, which is started once for all of them and stopped at the end of the run. A guild is large
 * there from 25 sessions on, so that the tests come by both ways of delivery. Faults are on: who sets one ends it.
 */
public final class LocalCloudExtension implements ParameterResolver {

    private static final LocalCloudOptions OPTIONS = LocalCloudOptions.ephemeral()
            .withSettings(Map.of(Setting.LARGE_GUILD.variable(), "25"))
            .withFaults(true);

    private static final Namespace SHARED = Namespace.create(LocalCloudExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .computeIfAbsent("cloud", key -> LocalCloud.start(OPTIONS, StartProgress.none()), LocalCloud.class);
    }
}
