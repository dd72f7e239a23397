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
            HttpRoute.api(POST, "/guilds", "guild.CreateGuildFunction")
                    .storing()
                    .limit(Limit.CREATE_GUILD),
            HttpRoute.api(GET, "/guilds/{guild_id}", "guild.GetGuildFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}", "guild.ModifyGuildFunction")
                    .storing(),
            HttpRoute.api(DELETE, "/guilds/{guild_id}", "guild.DeleteGuildFunction")
                    .patient(),
            HttpRoute.api(GET, "/guilds/{guild_id}/preview", "guild.GetGuildPreviewFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/regions", "guild.ListGuildVoiceRegionsFunction"),
            HttpRoute.api(GET, "/voice/regions", "guild.ListVoiceRegionsFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/vanity-url", "guild.GetGuildVanityUrlFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/onboarding", "guild.GetGuildOnboardingFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/new-member-welcome", "guild.GetGuildNewMemberWelcomeFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/welcome-screen", "guild.GetGuildWelcomeScreenFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/welcome-screen", "guild.ModifyGuildWelcomeScreenFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/widget", "guild.GetGuildWidgetSettingsFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/widget", "guild.ModifyGuildWidgetFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/widget.json", "guild.GetGuildWidgetFunction")
                    .open());

    private GuildRoutes() {}
}
