package dev.parley.local;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one local cloud, which is started once for all of them and stopped at the end of the run. */
public final class LocalCloudExtension implements ParameterResolver {

    private static final Namespace SHARED = Namespace.create(LocalCloudExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .computeIfAbsent(
                        "cloud",
                        key -> LocalCloud.start(LocalCloudOptions.ephemeral(), StartProgress.none()),
                        LocalCloud.class);
    }
}
