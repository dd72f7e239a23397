package dev.parley.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of paths that hold tokens. */
class CredentialPathTest {

    private static HttpEvent event(String route, String path, Map<String, String> parameters) {
        return new HttpEvent(
                route,
                path,
                null,
                null,
                parameters,
                new HttpEvent.RequestContext(new HttpEvent.Http("GET", "127.0.0.1", null), "id"),
                null,
                false);
    }

    private static HttpEvent webhook(String id, String token) {
        return event(
                "GET /api/{version}/webhooks/{webhook_id}/{webhook_token}",
                "/api/v10/webhooks/" + id + "/" + token,
                Map.of("version", "v10", "webhook_id", id, "webhook_token", token));
    }

    @Test
    void aPathWithATokenIsLoggedAsItsRoute() {
        assertThat(CredentialPath.masked(webhook("1", "secret")))
                .isEqualTo("/api/{version}/webhooks/{webhook_id}/{webhook_token}");
    }

    @Test
    void anyOtherPathIsLoggedAsItIs() {
        HttpEvent event =
                event("GET /api/{version}/webhooks/{webhook_id}", "/api/v10/webhooks/1", Map.of("webhook_id", "1"));

        assertThat(CredentialPath.masked(event)).isEqualTo("/api/v10/webhooks/1");
    }

    @Test
    void eachTokenHasItsOwnDigestWhichDoesNotSayIt() {
        String digest = CredentialPath.digest(webhook("1", "secret"));

        assertThat(digest).isEqualTo(CredentialPath.digest(webhook("1", "secret")));
        assertThat(digest).isNotEqualTo(CredentialPath.digest(webhook("1", "guessed")));
        assertThat(digest).isNotEqualTo(CredentialPath.digest(webhook("2", "secret")));
        assertThat(digest).doesNotContain("secret");
    }
}
