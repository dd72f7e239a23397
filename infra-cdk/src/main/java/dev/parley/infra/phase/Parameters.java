package dev.parley.infra.phase;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a deployment from outside, as CDK context ({@code -c KEY=VALUE}): all of it is checked here, before anything
 * is synthesized.
 *
 * @param name prefix of stacks and of what they name
 * @param phase how large it is
 * @param region where it is
 * @param secondRegion where the second one is, in phases that have one
 * @param backupRegion where copies of backups go
 * @param domain the one host name that clients use; null leaves them with the names that AWS gives
 * @param hostedZone id of the Route 53 zone that the domain is in; with a domain only
 * @param edgeSecret number of the secret that the edge proves itself with, 1 to 9,999; the next number replaces it
 * @param alarmEmail who hears of alarms; null lets nobody, until something else is subscribed to the topics
 * @param runbooks what alarms put before the name of a runbook: an https URL, or the directory in the repository; it ends in a
 *     slash
 * @param secondIsHome whether the second Region puts events into order and has the database's writer, after the first one was
 *     lost (docs/regions.md)
 * @param mockHeartbeats whether heartbeats are answered by API Gateway itself, without a function
 * @param canaryMinutes minutes for which a new version gets a tenth of the invocations before it gets all; 0 gives it all at once,
 *     whatever alarms say
 * @param repository whose workflows may deploy; null lets none
 */
public record Parameters(
        String name,
        Phase phase,
        String region,
        String secondRegion,
        String backupRegion,
        @Nullable String domain,
        @Nullable String hostedZone,
        int edgeSecret,
        @Nullable String alarmEmail,
        String runbooks,
        boolean secondIsHome,
        boolean mockHeartbeats,
        int canaryMinutes,
        @Nullable SourceRepository repository) {

    /** All keys. */
    public static final List<String> KEYS = List.of(
            "name",
            "phase",
            "region",
            "secondRegion",
            "backupRegion",
            "domain",
            "hostedZone",
            "edgeSecret",
            "alarmEmail",
            "runbooks",
            "home",
            "heartbeats",
            "canary",
            "repository",
            "environments",
            "identityProvider");

    /** Where the second Region and copies of backups are unless somebody says: another one in the same part of the world. */
    private static final Map<String, String> NEIGHBOURS = Map.ofEntries(
            Map.entry("us-east-1", "us-west-2"),
            Map.entry("us-east-2", "us-west-2"),
            Map.entry("us-west-2", "us-east-1"),
            Map.entry("ca-central-1", "us-east-1"),
            Map.entry("sa-east-1", "us-east-1"),
            Map.entry("eu-west-1", "eu-central-1"),
            Map.entry("eu-west-2", "eu-west-1"),
            Map.entry("eu-west-3", "eu-central-1"),
            Map.entry("eu-central-1", "eu-west-1"),
            Map.entry("eu-north-1", "eu-central-1"),
            Map.entry("eu-south-1", "eu-central-1"),
            Map.entry("ap-northeast-1", "ap-northeast-3"),
            Map.entry("ap-northeast-2", "ap-northeast-1"),
            Map.entry("ap-northeast-3", "ap-northeast-1"),
            Map.entry("ap-southeast-1", "ap-southeast-2"),
            Map.entry("ap-southeast-2", "ap-southeast-1"),
            Map.entry("ap-south-1", "ap-southeast-1"));

    /** What CodeDeploy has a canary configuration for (CodeDeploy user guide, "Deployment configurations on an AWS Lambda compute platform"). */
    private static final List<String> CANARIES = List.of("0", "5", "10", "15", "30");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,15}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    /** A certificate's first name has 64 characters at most (ACM user guide), and the longest such name is 12 longer. */
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{4,52}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");

    private static final Pattern ZONE = Pattern.compile("Z[A-Z0-9]{5,31}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");
    private static final Pattern URL =
            Pattern.compile("https://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?(/[A-Za-z0-9._~%/-]{0,300})?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");

    /**
     * Reads the parameters.
     *
     * @param context the value of a key, or null
     * @param region the Region that the credentials point to, or null
     * @throws InvalidParameterException if one cannot be used
     */
    public static Parameters read(Function<String, @Nullable String> context, @Nullable String region) {
        Phase phase = Phase.of(valueOr(context, "phase", "mvp"));
        String primary = matching("region", valueOr(context, "region", region == null ? "us-east-1" : region), REGION);
        String neighbour = NEIGHBOURS.getOrDefault(primary, primary.equals("us-west-2") ? "us-east-1" : "us-west-2");
        Parameters read = new Parameters(
                matching("name", valueOr(context, "name", "Parley"), NAME),
                phase,
                primary,
                matching("secondRegion", valueOr(context, "secondRegion", neighbour), REGION),
                matching("backupRegion", valueOr(context, "backupRegion", neighbour), REGION),
                optional("domain", context, DOMAIN),
                optional("hostedZone", context, ZONE),
                Integer.parseInt(matching("edgeSecret", valueOr(context, "edgeSecret", "1"), NUMBER)),
                optional("alarmEmail", context, EMAIL),
                runbooks(optional("runbooks", context, URL)),
                second(valueOr(context, "home", "first")),
                mock(valueOr(context, "heartbeats", "function")),
                canary(valueOr(
                        context,
                        "canary",
                        Integer.toString(phase.profile().functions().canaryMinutes()))),
                SourceRepository.read(context));
        read.check();
        return read;
    }

    /** Its numbers. */
    public PhaseProfile profile() {
        return phase.profile();
    }

    /** All Regions that the deployment runs in, the first one first. */
    public List<String> regions() {
        return profile().secondRegion() ? List.of(region, secondRegion) : List.of(region);
    }

    private void check() {
        if (region.equals(secondRegion)) {
            throw new InvalidParameterException("secondRegion", "it is the first one, " + region);
        }
        if (region.equals(backupRegion)) {
            throw new InvalidParameterException(
                    "backupRegion", "copies of backups in " + region + " would be lost with their originals");
        }
        if (secondIsHome && !profile().secondRegion()) {
            throw new InvalidParameterException("home", "phase " + phase.title() + " has no second Region");
        }
        if ((domain == null) != (hostedZone == null)) {
            throw new InvalidParameterException(
                    domain == null ? "domain" : "hostedZone", "domain and hostedZone are given together");
        }
        if (domain == null && profile().edge()) {
            throw new InvalidParameterException(
                    "domain",
                    "phase " + phase.title()
                            + " has one domain in front of both APIs; it takes the domain, and hostedZone,"
                            + " the id of its Route 53 zone");
        }
    }

    private static String runbooks(@Nullable String url) {
        if (url == null) {
            return "docs/runbooks/";
        }
        return url.endsWith("/") ? url : url + "/";
    }

    private static boolean second(String value) {
        return switch (value) {
            case "second" -> true;
            case "first" -> false;
            default -> throw new InvalidParameterException("home", "'" + value + "' is neither 'first' nor 'second'");
        };
    }

    private static boolean mock(String value) {
        return switch (value) {
            case "mock" -> true;
            case "function" -> false;
            default ->
                throw new InvalidParameterException("heartbeats", "'" + value + "' is neither 'function' nor 'mock'");
        };
    }

    private static int canary(String value) {
        if (!CANARIES.contains(value)) {
            throw new InvalidParameterException(
                    "canary",
                    "'" + value + "' is none of the minutes that CodeDeploy offers: " + String.join(", ", CANARIES));
        }
        return Integer.parseInt(value);
    }

    private static String valueOr(Function<String, @Nullable String> context, String key, String fallback) {
        String value = context.apply(key);
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    private static @Nullable String optional(String key, Function<String, @Nullable String> context, Pattern pattern) {
        String value = context.apply(key);
        return value == null || value.isBlank() ? null : matching(key, value.strip(), pattern);
    }

    private static String matching(String key, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new InvalidParameterException(key, "'" + value + "' does not look like one");
        }
        return value;
    }
}
