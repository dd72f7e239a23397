package dev.parley.local.apigateway;

import org.jspecify.annotations.Nullable;

/** What goes wrong in the gateway on request. Implementations are thread-safe and return at once. */
public interface GatewayFaults {

    /** What goes wrong with a POST to a connection that is open and keeps up; null for nothing. Asked once for each. */
    @Nullable PostFault onPost();

    /** Whether the {@code $disconnect} of a connection that has ended is lost. Asked once for each. */
    boolean losesDisconnect();

    /** Nothing goes wrong. */
    static GatewayFaults none() {
        return new GatewayFaults() {
            @Override
            public @Nullable PostFault onPost() {
                return null;
            }

            @Override
            public boolean losesDisconnect() {
                return false;
            }
        };
    }
}
