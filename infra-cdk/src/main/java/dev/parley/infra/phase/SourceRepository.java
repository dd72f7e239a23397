package dev.parley.infra.phase;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repository on GitHub whose workflows may deploy.
 *
 * @param subject the repository as GitHub's tokens name it: {@code owner/name}, or {@code owner@ID/name@ID} where subjects are
 *     immutable, as they are in repositories that were made after 2026-07-15 (GitHub documentation, "OpenID Connect reference")
 * @param environments the GitHub environments that deploy to this account, out of {@link #ENVIRONMENTS}; at least one
 * @param providerExists whether the account knows GitHub as an identity provider already; it can only once
 */
public record SourceRepository(String subject, List<String> environments, boolean providerExists) {

    /** The environments that {@code .github/workflows/deploy.yml} names. */
    public static final List<String> ENVIRONMENTS = List.of("staging", "production");

    /** A user or organization has 39 characters at most, a repository 100. */
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}"
            + "|[A-Za-z0-9][A-Za-z0-9-]{0,38}@[1-9]\\d{0,18}/[A-Za-z0-9._-]{1,100}@[1-9]\\d{0,18}");

    public SourceRepository {
        environments = List.copyOf(environments);
    }

    /**
     * Reads what is said of it.
     *
     * @param context the value of a key, or null
     * @return null if no repository is named
     * @throws InvalidParameterException if something cannot be used
     */
    static @Nullable SourceRepository read(Function<String, @Nullable String> context) {
        String subject = value(context, "repository");
        String environments = value(context, "environments");
        String provider = value(context, "identityProvider");
        if (subject == null) {
            if (environments != null || provider != null) {
                throw new InvalidParameterException(
                        environments == null ? "identityProvider" : "environments",
                        "it says how a repository deploys; name one with -c repository=OWNER/NAME as well");
            }
            return null;
        }
        if (!SUBJECT.matcher(subject).matches()) {
            throw new InvalidParameterException(
                    "repository",
                    "'" + subject + "' is neither OWNER/NAME nor OWNER@ID/NAME@ID of a repository on GitHub");
        }
        return new SourceRepository(subject, environments(environments), exists(provider));
    }

    private static List<String> environments(@Nullable String value) {
        if (value == null) {
            return ENVIRONMENTS;
        }
        Set<String> named = new LinkedHashSet<>(
                Arrays.stream(value.split(",", -1)).map(String::strip).toList());
        for (String environment : named) {
            if (!ENVIRONMENTS.contains(environment)) {
                throw new InvalidParameterException(
                        "environments",
                        "'" + environment + "' is none of those that deploy.yml deploys to: "
                                + String.join(", ", ENVIRONMENTS));
            }
        }
        return List.copyOf(named);
    }

    private static boolean exists(@Nullable String value) {
        return switch (value) {
            case "existing" -> true;
            case "new" -> false;
            case null -> false;
            default ->
                throw new InvalidParameterException(
                        "identityProvider", "'" + value + "' is neither 'new' nor 'existing'");
        };
    }

    private static @Nullable String value(Function<String, @Nullable String> context, String key) {
        String value = context.apply(key);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
