package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;

import java.util.List;

/** What those who look after a guild do. */
final class ModerationRoutes {

    static final List<HttpRoute> ALL =
            List.of(HttpRoute.api(GET, "/guilds/{guild_id}/audit-logs", "moderation.GetGuildAuditLogFunction"));

    private ModerationRoutes() {}
}
