package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Channels, and what is in them beside messages. */
final class ChannelRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/guilds/{guild_id}/channels", "channel.ListGuildChannelsFunction"),
            HttpRoute.api(POST, "/guilds/{guild_id}/channels", "channel.CreateGuildChannelFunction"),
            HttpRoute.api(PATCH, "/guilds/{guild_id}/channels", "channel.ModifyGuildChannelPositionsFunction")
                    .patient(),
            HttpRoute.api(GET, "/channels/{channel_id}", "channel.GetChannelFunction"),
            HttpRoute.api(PATCH, "/channels/{channel_id}", "channel.ModifyChannelFunction")
                    .storing(),
            HttpRoute.api(DELETE, "/channels/{channel_id}", "channel.DeleteChannelFunction")
                    .patient(),
            HttpRoute.api(
                    PUT, "/channels/{channel_id}/permissions/{overwrite_id}", "channel.EditChannelPermissionsFunction"),
            HttpRoute.api(
                    DELETE,
                    "/channels/{channel_id}/permissions/{overwrite_id}",
                    "channel.DeleteChannelPermissionFunction"),
            HttpRoute.api(POST, "/channels/{channel_id}/typing", "channel.TriggerTypingIndicatorFunction")
                    .limit(Limit.TYPING));

    private ChannelRoutes() {}
}
