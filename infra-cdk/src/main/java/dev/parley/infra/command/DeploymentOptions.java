package dev.parley.infra.command;

import dev.parley.infra.phase.InvalidParameterException;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which deployment a command is about: short forms of the CDK app's context. */
final class DeploymentOptions {

    @Option(names = "--name", paramLabel = "NAME", description = "Prefix of stacks and functions (default: Parley).")
    private @Nullable String name;

    @Option(names = "--region", paramLabel = "REGION", description = "AWS Region (default: that of the credentials).")
    private @Nullable String region;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "The host name that clients use; phases scale and enterprise need one.")
    private @Nullable String domain;

    @Option(names = "--hosted-zone", paramLabel = "ID", description = "Id of the domain's Route 53 zone.")
    private @Nullable String hostedZone;

    @Option(names = "--alarm-email", paramLabel = "ADDRESS", description = "Who hears of alarms.")
    private @Nullable String alarmEmail;

    @Option(
            names = {"-c", "--context"},
            paramLabel = "KEY=VALUE",
            description = "Any other parameter; infra-cdk/README.md lists them. Can be given several times.")
    private Map<String, String> context = new LinkedHashMap<>();

    /**
     * The parameters of the deployment.
     *
     * @param phase how large it is; null leaves it to {@code -c phase=…}
     * @param fallback what holds for a key that is not given
     * @param region the Region that the credentials point to, or null
     * @throws InvalidParameterException if one cannot be used
     */
    Parameters parameters(@Nullable Phase phase, Map<String, String> fallback, @Nullable String region) {
        Map<String, String> all = new LinkedHashMap<>(fallback);
        all.putAll(given(phase));
        return Parameters.read(all::get, region);
    }

    /** Whether the user said where clients come in. */
    boolean hasDomain() {
        return domain != null || context.containsKey("domain");
    }

    /** The Region that the user named, or null. */
    @Nullable String region() {
        return region != null ? region : context.get("region");
    }

    private Map<String, String> given(@Nullable Phase phase) {
        for (String key : context.keySet()) {
            if (!Parameters.KEYS.contains(key)) {
                throw new CommandException(
                        "There is no parameter " + key + "; there are " + String.join(", ", Parameters.KEYS) + ".");
            }
        }
        Map<String, String> given = new LinkedHashMap<>(context);
        put(given, "phase", phase == null ? null : phase.title());
        put(given, "name", name);
        put(given, "region", region);
        put(given, "domain", domain);
        put(given, "hostedZone", hostedZone);
        put(given, "alarmEmail", alarmEmail);
        return given;
    }

    private static void put(Map<String, String> given, String key, @Nullable String value) {
        if (value == null) {
            return;
        }
        String other = given.putIfAbsent(key, value);
        if (other != null && !other.equals(value)) {
            throw new CommandException("Parameter " + key + " is given twice: " + value + " and " + other + ".");
        }
    }
}
