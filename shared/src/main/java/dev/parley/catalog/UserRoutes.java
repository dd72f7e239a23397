package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** The current user and other users. */
final class UserRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/users/@me", "account.GetCurrentUserFunction"),
            HttpRoute.api(PATCH, "/users/@me", "user.ModifyCurrentUserFunction")
                    .storing()
                    .hashing()
                    .limit(Limit.MODIFY_ACCOUNT),
            HttpRoute.api(GET, "/users/{user_id}", "user.GetUserFunction"),
            HttpRoute.api(GET, "/users/@me/connections", "user.ListConnectionsFunction"),
            HttpRoute.api(GET, "/users/@me/channels", "channel.ListDirectChannelsFunction"),
            HttpRoute.api(POST, "/users/@me/channels", "channel.CreateDirectChannelFunction"),
            HttpRoute.api(POST, "/users/@me/delete", "privacy.DeleteAccountFunction")
                    .storing()
                    .hashing()
                    .limit(Limit.MODIFY_ACCOUNT),
            HttpRoute.api(GET, "/users/@me/export", "privacy.ExportDataFunction")
                    .patient()
                    .limit(Limit.EXPORT),
            HttpRoute.api(GET, "/users/@me/settings", "user.GetSettingsFunction"),
            HttpRoute.api(PATCH, "/users/@me/settings", "user.ModifySettingsFunction"),
            HttpRoute.api(GET, "/users/@me/read-states", "readstate.ListReadStatesFunction")
                    .patient(),
            HttpRoute.api(
                            POST,
                            "/channels/{channel_id}/messages/{message_id}/ack",
                            "readstate.AcknowledgeMessageFunction")
                    .limit(Limit.ACKNOWLEDGE),
            HttpRoute.api(GET, "/users/@me/guilds", "guild.ListCurrentUserGuildsFunction"),
            HttpRoute.api(DELETE, "/users/@me/guilds/{guild_id}", "guild.LeaveGuildFunction"),
            HttpRoute.api(GET, "/users/@me/guilds/{guild_id}/member", "guild.GetCurrentMemberFunction"));

    private UserRoutes() {}
}
