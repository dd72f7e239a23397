package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;

import dev.parley.ratelimit.Limit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every route of the HTTP API and of the WebSocket API.
 *
 * <p>A route that is added to one of the lists here, with its function class, is deployed by {@code infra-cdk} and served by the local cloud;
 * nothing else lists routes.
 */
public final class Routes {

    /** The API versions that {@code {version}} stands for; all of them are the same API. */
    public static final List<String> VERSIONS = List.of("v1", "v9", "v10");

    /** Says whether the system works. It answers whoever asks, wherever the question comes in. */
    public static final HttpRoute HEALTH =
            new HttpRoute(GET, "/health", FunctionSpec.of("operations.HealthFunction"), Access.PUBLIC, Limit.HEALTH);

    private static final List<HttpRoute> HTTP = Stream.of(
                    List.of(HEALTH),
                    AccountRoutes.ALL,
                    UserRoutes.ALL,
                    ApplicationRoutes.ALL,
                    GuildRoutes.ALL,
                    RoleRoutes.ALL,
                    MemberRoutes.ALL,
                    ChannelRoutes.ALL,
                    ThreadRoutes.ALL,
                    InviteRoutes.ALL,
                    MessageRoutes.ALL,
                    WebhookRoutes.ALL,
                    ModerationRoutes.ALL,
                    CommandRoutes.ALL,
                    ReactionRoutes.ALL,
                    SearchRoutes.ALL,
                    FileRoutes.ALL,
                    RelationshipRoutes.ALL,
                    InteractionRoutes.ALL,
                    AutoModRoutes.ALL,
                    ImageRoutes.ALL,
                    ExpressionRoutes.ALL,
                    WebRoutes.ALL)
            .flatMap(List::stream)
            .toList();

    /**
     * The function that greets a new connection. {@code $connect} invokes it asynchronously, since nothing can be posted
     * to a connection before {@code $connect} has returned.
     */
    public static final FunctionSpec HELLO = FunctionSpec.of("gateway.HelloFunction");

    /**
     * The function that applies migrations; a deployment runs it before the other functions switch. What runs it there ends after 15 min
     * itself, and has to live long enough to report that this one did not finish.
     */
    public static final FunctionSpec MIGRATE =
            FunctionSpec.of("operations.MigrateFunction", 1024, Duration.ofMinutes(14));

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
}
