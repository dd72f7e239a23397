package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import java.util.List;

/** The commands of applications. */
final class CommandRoutes {

    private static final String GLOBAL = "/applications/{application_id}/commands";
    private static final String GUILD = "/applications/{application_id}/guilds/{guild_id}/commands";

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, GLOBAL, "application.ListGlobalCommandsFunction"),
            HttpRoute.api(POST, GLOBAL, "application.CreateGlobalCommandFunction"),
            HttpRoute.api(PUT, GLOBAL, "application.OverwriteGlobalCommandsFunction"),
            HttpRoute.api(GET, GLOBAL + "/{command_id}", "application.GetGlobalCommandFunction"),
            HttpRoute.api(PATCH, GLOBAL + "/{command_id}", "application.ModifyGlobalCommandFunction"),
            HttpRoute.api(DELETE, GLOBAL + "/{command_id}", "application.DeleteGlobalCommandFunction"),
            HttpRoute.api(GET, GUILD, "application.ListGuildCommandsFunction"),
            HttpRoute.api(POST, GUILD, "application.CreateGuildCommandFunction"),
            HttpRoute.api(PUT, GUILD, "application.OverwriteGuildCommandsFunction"),
            HttpRoute.api(GET, GUILD + "/permissions", "application.ListCommandPermissionsFunction"),
            HttpRoute.api(GET, GUILD + "/{command_id}", "application.GetGuildCommandFunction"),
            HttpRoute.api(PATCH, GUILD + "/{command_id}", "application.ModifyGuildCommandFunction"),
            HttpRoute.api(DELETE, GUILD + "/{command_id}", "application.DeleteGuildCommandFunction"),
            HttpRoute.api(GET, GUILD + "/{command_id}/permissions", "application.GetCommandPermissionsFunction"),
            HttpRoute.api(PUT, GUILD + "/{command_id}/permissions", "application.EditCommandPermissionsFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/application-command-index", "application.GetCommandIndexFunction"),
            HttpRoute.api(
                    GET, "/channels/{channel_id}/application-commands/search", "application.SearchCommandsFunction"));

    private CommandRoutes() {}
}
