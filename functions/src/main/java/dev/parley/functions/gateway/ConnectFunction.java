package dev.parley.functions.gateway;

import dev.parley.Parley;
import dev.parley.connection.Greeter.Greeting;
import dev.parley.edge.Edge;
import dev.parley.settings.Setting;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $connect}: notes the connection and has it greeted. */
public final class ConnectFunction extends GatewayFunction {

    private final Edge edge;

    public ConnectFunction() {
        this(Parley.fromEnvironment());
    }

    public ConnectFunction(Parley parley) {
        super(parley);
        edge = new Edge(parley.settings());
    }

    @Override
    GatewayReply handle(GatewayEvent event) {
        if (!edge.admits(event.headers())) {
            return GatewayReply.refuse(403); // around what protects the gateway
        }
        Map<String, String> query = event.queryStringParameters();
        if (query != null && "etf".equals(query.get("encoding"))) {
            return GatewayReply.refuse(400); // a binary encoding, which API Gateway does not carry
        }
        Duration interval = parley.settings()
                .duration(isImpatient(event) ? Setting.SHORT_HEARTBEAT_INTERVAL : Setting.HEARTBEAT_INTERVAL);
        parley.connections().opened(event.connectionId(), interval);
        parley.greeter().greet(new Greeting(event.connectionId(), interval.toMillis()));
        return GatewayReply.ok();
    }

    @Override
    GatewayReply failed() {
        return GatewayReply.refuse(503);
    }

    /** discord.py gives a connection up on which nothing came for 60 s; it is the one library that says who it is. */
    private static boolean isImpatient(GatewayEvent event) {
        GatewayEvent.Identity identity = event.requestContext().identity();
        @Nullable String userAgent = identity == null ? null : identity.userAgent();
        if (userAgent == null) {
            return false;
        }
        String lower = userAgent.toLowerCase(Locale.ROOT);
        return lower.contains("discord.py") || lower.contains("discordbot");
    }
}
