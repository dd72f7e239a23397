package dev.parley.functions.http;

import dev.parley.digest.Sha256;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Paths that hold what lets anybody in who knows it: the tokens of webhooks and interactions. */
final class CredentialPath {

    private static final List<String> TOKENS = List.of("webhook_token", "interaction_token");
    private static final List<String> NAMES =
            List.of("webhook_id", "webhook_token", "interaction_id", "interaction_token");

    private CredentialPath() {}

    /** The path as a log may have it: for routes with tokens, the route's own. */
    static String masked(HttpEvent event) {
        Map<String, String> parameters = event.pathParameters();
        boolean secret = parameters != null && TOKENS.stream().anyMatch(parameters::containsKey);
        return secret ? event.routeKey().substring(event.routeKey().indexOf(' ') + 1) : event.rawPath();
    }

    /** What tells one id and token from another, and says neither. */
    static String digest(HttpEvent event) {
        @Nullable Map<String, String> parameters = event.pathParameters();
        String text = NAMES.stream()
                .map(name -> parameters == null ? "" : parameters.getOrDefault(name, ""))
                .collect(Collectors.joining("/"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(text));
    }
}
