package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import java.util.List;

/** The roles of guilds. */
final class RoleRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/guilds/{guild_id}/roles", "guild.ListGuildRolesFunction"),
            HttpRoute.api(POST, "/guilds/{guild_id}/roles", "guild.CreateGuildRoleFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/roles", "guild.ModifyGuildRolePositionsFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/roles/member-counts", "guild.GetGuildRoleMemberCountsFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/roles/{role_id}", "guild.GetGuildRoleFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/roles/{role_id}", "guild.ModifyGuildRoleFunction"),
            HttpRoute.api(DELETE, "/guilds/{guild_id}/roles/{role_id}", "guild.DeleteGuildRoleFunction"));

    private RoleRoutes() {}
}
