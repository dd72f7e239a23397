package dev.parley.session;

import dev.parley.connection.GatewayUrls;
import java.time.Duration;

/**
 * What sessions are told and how long they wait.
 *
 * @param gatewayUrls what READY gives as {@code resume_gateway_url}
 * @param resumeWindow how long a session without a connection is kept
 * @param longestSend how long a function waits for what it sends
 * @param reconnectAfter the shortest time after which a client is asked to reconnect; API Gateway ends a connection after
 *     2 h (API Gateway quotas, "Connection duration")
 * @param reconnectSpread within which time more clients are asked, so that what connected together does not come back
 *     together
 * @param unseen how long ago a session must have been looked at for a sweeper to look again
 * @param heartbeatsSeen whether heartbeats reach a function, or API Gateway answers them itself
 */
public record SessionSettings(
        GatewayUrls gatewayUrls,
        Duration resumeWindow,
        Duration longestSend,
        Duration reconnectAfter,
        Duration reconnectSpread,
        Duration unseen,
        boolean heartbeatsSeen) {

    /** API Gateway ends every connection then (API Gateway quotas, "Connection duration for WebSocket API"). */
    static final Duration LONGEST_CONNECTION = Duration.ofHours(2);

    /**
     * The interval by which a session's silence is judged. Heartbeats that nobody sees prove nothing by their absence, so that the whole life of a
     * connection counts as one interval: then no heartbeat is ever missed, and a session is kept as long as it may be needed.
     *
     * @param told the interval that its client was told
     */
    Duration judgedInterval(Duration told) {
        return heartbeatsSeen ? told : LONGEST_CONNECTION;
    }
}
