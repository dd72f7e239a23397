package dev.parley.functions.gateway;

import dev.parley.Parley;

/** {@code $disconnect}: lets a session wait for its client, or ends it. API Gateway calls it at its best effort only. */
public final class DisconnectFunction extends GatewayFunction {

    public DisconnectFunction() {
        this(Parley.fromEnvironment());
    }

    public DisconnectFunction(Parley parley) {
        super(parley);
    }

    @Override
    GatewayReply handle(GatewayEvent event) {
        parley.sessions()
                .disconnected(event.connectionId(), event.requestContext().disconnectStatusCode());
        return GatewayReply.ok();
    }
}
