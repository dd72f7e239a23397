package dev.parley.catalog;

import static dev.parley.catalog.Access.AUTHENTICATED;
import static dev.parley.catalog.Access.PUBLIC;
import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import dev.parley.ratelimit.Limit;
import java.time.Duration;
import java.util.List;

/**
 * Every route of the HTTP API and of the WebSocket API.
 *
 * <p>A route that is added here, with its function class, is deployed by {@code infra-cdk} and served by the local cloud;
 * nothing else lists routes.
 */
public final class Routes {

    /** The API versions that {@code {version}} stands for; all of them are the same API. */
    public static final List<String> VERSIONS = List.of("v1", "v9", "v10");

    private static final String API = "/api/{version}";

    private static final List<HttpRoute> HTTP = List.of(
            new HttpRoute(GET, "/health", FunctionSpec.of("operations.HealthFunction"), PUBLIC, Limit.HEALTH),
            route(POST, "/auth/register", hashing("account.RegisterFunction"), PUBLIC, Limit.REGISTER),
            route(POST, "/auth/login", hashing("account.LoginFunction"), PUBLIC, Limit.LOGIN),
            route(POST, "/auth/refresh", "account.RefreshFunction", PUBLIC, Limit.REFRESH),
            route(POST, "/auth/logout", "account.LogoutFunction", AUTHENTICATED, Limit.DEFAULT),
            route(GET, "/gateway", "gateway.GetGatewayFunction", PUBLIC, Limit.DEFAULT),
            route(GET, "/gateway/bot", "gateway.GetGatewayBotFunction", AUTHENTICATED, Limit.DEFAULT),
            route(GET, "/users/@me", "account.GetCurrentUserFunction", AUTHENTICATED, Limit.DEFAULT),
            route(POST, "/users/@me/channels", "channel.CreateDirectChannelFunction", AUTHENTICATED, Limit.DEFAULT),
            route(GET, "/users/@me/guilds", "guild.ListCurrentUserGuildsFunction", AUTHENTICATED, Limit.DEFAULT),
            route(DELETE, "/users/@me/guilds/{guild_id}", "guild.LeaveGuildFunction", AUTHENTICATED, Limit.DEFAULT),
            route(
                    GET,
                    "/oauth2/applications/@me",
                    "application.GetCurrentApplicationFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(POST, "/oauth2/authorize", "application.AuthorizeBotFunction", AUTHENTICATED, Limit.DEFAULT),
            route(GET, "/applications", "application.ListApplicationsFunction", AUTHENTICATED, Limit.DEFAULT),
            route(POST, "/applications", "application.CreateApplicationFunction", AUTHENTICATED, Limit.DEFAULT),
            route(
                    POST,
                    "/applications/{application_id}/bot/reset",
                    "application.ResetBotTokenFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(POST, "/guilds", "guild.CreateGuildFunction", AUTHENTICATED, Limit.CREATE_GUILD),
            route(GET, "/guilds/{guild_id}", "guild.GetGuildFunction", AUTHENTICATED, Limit.DEFAULT),
            route(PATCH, "/guilds/{guild_id}", "guild.ModifyGuildFunction", AUTHENTICATED, Limit.DEFAULT),
            route(DELETE, "/guilds/{guild_id}", deleting("guild.DeleteGuildFunction"), AUTHENTICATED, Limit.DEFAULT),
            route(GET, "/guilds/{guild_id}/roles", "guild.ListGuildRolesFunction", AUTHENTICATED, Limit.DEFAULT),
            route(POST, "/guilds/{guild_id}/roles", "guild.CreateGuildRoleFunction", AUTHENTICATED, Limit.DEFAULT),
            route(
                    PATCH,
                    "/guilds/{guild_id}/roles",
                    "guild.ModifyGuildRolePositionsFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    PATCH,
                    "/guilds/{guild_id}/roles/{role_id}",
                    "guild.ModifyGuildRoleFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    DELETE,
                    "/guilds/{guild_id}/roles/{role_id}",
                    "guild.DeleteGuildRoleFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(GET, "/guilds/{guild_id}/members", "guild.ListGuildMembersFunction", AUTHENTICATED, Limit.DEFAULT),
            route(
                    PATCH,
                    "/guilds/{guild_id}/members/@me",
                    "guild.ModifyCurrentMemberFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    GET,
                    "/guilds/{guild_id}/members/{user_id}",
                    "guild.GetGuildMemberFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    PATCH,
                    "/guilds/{guild_id}/members/{user_id}",
                    "guild.ModifyGuildMemberFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    DELETE,
                    "/guilds/{guild_id}/members/{user_id}",
                    "guild.RemoveGuildMemberFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    PUT,
                    "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
                    "guild.AddGuildMemberRoleFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    DELETE,
                    "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
                    "guild.RemoveGuildMemberRoleFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    GET,
                    "/guilds/{guild_id}/channels",
                    "channel.ListGuildChannelsFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    POST,
                    "/guilds/{guild_id}/channels",
                    "channel.CreateGuildChannelFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(GET, "/channels/{channel_id}", "channel.GetChannelFunction", AUTHENTICATED, Limit.DEFAULT),
            route(PATCH, "/channels/{channel_id}", "channel.ModifyChannelFunction", AUTHENTICATED, Limit.DEFAULT),
            route(
                    DELETE,
                    "/channels/{channel_id}",
                    deleting("channel.DeleteChannelFunction"),
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    PUT,
                    "/channels/{channel_id}/permissions/{overwrite_id}",
                    "channel.EditChannelPermissionsFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    DELETE,
                    "/channels/{channel_id}/permissions/{overwrite_id}",
                    "channel.DeleteChannelPermissionFunction",
                    AUTHENTICATED,
                    Limit.DEFAULT),
            route(
                    POST,
                    "/channels/{channel_id}/typing",
                    "channel.TriggerTypingIndicatorFunction",
                    AUTHENTICATED,
                    Limit.TYPING),
            route(POST, "/channels/{channel_id}/invites", "invite.CreateInviteFunction", AUTHENTICATED, Limit.DEFAULT),
            route(GET, "/invites/{invite_code}", "invite.GetInviteFunction", PUBLIC, Limit.DEFAULT),
            route(POST, "/invites/{invite_code}", "invite.AcceptInviteFunction", AUTHENTICATED, Limit.ACCEPT_INVITE),
            route(
                    GET,
                    "/channels/{channel_id}/messages",
                    "message.ListMessagesFunction",
                    AUTHENTICATED,
                    Limit.READ_MESSAGES),
            route(
                    POST,
                    "/channels/{channel_id}/messages",
                    "message.CreateMessageFunction",
                    AUTHENTICATED,
                    Limit.CREATE_MESSAGE),
            route(
                    GET,
                    "/channels/{channel_id}/messages/{message_id}",
                    "message.GetMessageFunction",
                    AUTHENTICATED,
                    Limit.READ_MESSAGES));

    /**
     * The function that greets a new connection. {@code $connect} invokes it asynchronously, since nothing can be posted
     * to a connection before {@code $connect} has returned.
     */
    public static final FunctionSpec HELLO = FunctionSpec.of("gateway.HelloFunction");

    /** The function that applies migrations; a deployment runs it before the other functions switch. */
    public static final FunctionSpec MIGRATE =
            FunctionSpec.of("operations.MigrateFunction", 1024, Duration.ofMinutes(15));

    /** The function with which an operator takes a guild out of service and back; invoked by hand. */
    public static final FunctionSpec SET_GUILD_AVAILABILITY = FunctionSpec.of("guild.SetGuildAvailabilityFunction");

    private static final List<GatewayRoute> GATEWAY = List.of(
            new GatewayRoute("$connect", FunctionSpec.of("gateway.ConnectFunction"), false),
            new GatewayRoute("$disconnect", FunctionSpec.of("gateway.DisconnectFunction"), false),
            new GatewayRoute("$default", FunctionSpec.of("gateway.DefaultFunction"), true),
            new GatewayRoute("0", FunctionSpec.of("gateway.DispatchFunction"), true),
            new GatewayRoute("1", FunctionSpec.of("gateway.HeartbeatFunction"), true),
            new GatewayRoute("2", FunctionSpec.of("gateway.IdentifyFunction"), true),
            new GatewayRoute("3", FunctionSpec.of("gateway.PresenceUpdateFunction"), true),
            new GatewayRoute("6", FunctionSpec.of("gateway.ResumeFunction"), true),
            new GatewayRoute(
                    "8", FunctionSpec.of("gateway.RequestGuildMembersFunction", 1769, Duration.ofSeconds(29)), true));

    private Routes() {}

    /** The routes of the HTTP API. */
    public static List<HttpRoute> http() {
        return HTTP;
    }

    /** The routes of the WebSocket API. */
    public static List<GatewayRoute> gateway() {
        return GATEWAY;
    }

    /** A function that hashes a password: a whole vCPU, and time to wait for its turn where many share a machine. */
    private static FunctionSpec hashing(String handler) {
        return FunctionSpec.of(handler, 1769, Duration.ofSeconds(29));
    }

    /** A function that deletes what may be large, messages above all: as long as the HTTP API waits. */
    private static FunctionSpec deleting(String handler) {
        return FunctionSpec.of(handler, 1024, Duration.ofSeconds(29));
    }

    private static HttpRoute route(HttpMethod method, String path, String handler, Access access, Limit limit) {
        return route(method, path, FunctionSpec.of(handler), access, limit);
    }

    private static HttpRoute route(HttpMethod method, String path, FunctionSpec function, Access access, Limit limit) {
        return new HttpRoute(method, API + path, function, access, limit);
    }
}
