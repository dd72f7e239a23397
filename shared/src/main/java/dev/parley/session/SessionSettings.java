package dev.parley.session;

import java.time.Duration;

/**
 * What sessions are told and how long they wait.
 *
 * @param gatewayUrl what READY gives as {@code resume_gateway_url}
 * @param resumeWindow how long a session without a connection is kept
 * @param longestSend how long a function waits for what it sends
 * @param reconnectAfter the shortest time after which a client is asked to reconnect; API Gateway ends a connection after
 *     2 h (API Gateway quotas, "Connection duration")
 * @param reconnectSpread within which time more clients are asked, so that what connected together does not come back
 *     together
 * @param unseen how long ago a session must have been looked at for a sweeper to look again
 */
public record SessionSettings(
        String gatewayUrl,
        Duration resumeWindow,
        Duration longestSend,
        Duration reconnectAfter,
        Duration reconnectSpread,
        Duration unseen) {}
