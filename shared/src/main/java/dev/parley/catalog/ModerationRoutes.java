package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import java.util.List;

/** What those who look after a guild do. */
final class ModerationRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/guilds/{guild_id}/audit-logs", "moderation.GetGuildAuditLogFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/bans", "moderation.ListGuildBansFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/bans/{user_id}", "moderation.GetGuildBanFunction"),
            HttpRoute.api(PUT, "/guilds/{guild_id}/bans/{user_id}", "moderation.CreateGuildBanFunction")
                    .patient(),
            HttpRoute.api(DELETE, "/guilds/{guild_id}/bans/{user_id}", "moderation.RemoveGuildBanFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/integrations", "moderation.ListGuildIntegrationsFunction"),
            HttpRoute.api(
                    DELETE,
                    "/guilds/{guild_id}/integrations/{integration_id}",
                    "moderation.DeleteGuildIntegrationFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/prune", "moderation.GetGuildPruneCountFunction")
                    .patient(),
            HttpRoute.api(POST, "/guilds/{guild_id}/prune", "moderation.BeginGuildPruneFunction")
                    .patient(),
            HttpRoute.api(POST, "/guilds/{guild_id}/bulk-ban", "moderation.BulkGuildBanFunction")
                    .patient());

    private ModerationRoutes() {}
}
