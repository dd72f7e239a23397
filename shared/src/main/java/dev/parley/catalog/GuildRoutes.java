package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Guilds as a whole. */
final class GuildRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(POST, "/guilds", "guild.CreateGuildFunction").limit(Limit.CREATE_GUILD),
            HttpRoute.api(GET, "/guilds/{guild_id}", "guild.GetGuildFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}", "guild.ModifyGuildFunction"),
            HttpRoute.api(DELETE, "/guilds/{guild_id}", "guild.DeleteGuildFunction")
                    .patient());

    private GuildRoutes() {}
}
