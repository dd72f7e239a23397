package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.PUT;

import java.util.List;

/** The members of guilds. */
final class MemberRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/guilds/{guild_id}/members", "guild.ListGuildMembersFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/members/@me", "guild.ModifyCurrentMemberFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/members/{user_id}", "guild.GetGuildMemberFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/members/{user_id}", "guild.ModifyGuildMemberFunction"),
            HttpRoute.api(DELETE, "/guilds/{guild_id}/members/{user_id}", "guild.RemoveGuildMemberFunction"),
            HttpRoute.api(
                    PUT, "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", "guild.AddGuildMemberRoleFunction"),
            HttpRoute.api(
                    DELETE,
                    "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
                    "guild.RemoveGuildMemberRoleFunction"));

    private MemberRoutes() {}
}
