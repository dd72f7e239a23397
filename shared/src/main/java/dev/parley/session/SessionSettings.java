package dev.parley.session;

import java.time.Duration;

/**
 * What sessions are told and how long they wait.
 *
 * @param gatewayUrl what READY gives as {@code resume_gateway_url}
 * @param resumeWindow how long a session without a connection is kept
 * @param longestSend how long a function waits for what it sends
 */
public record SessionSettings(String gatewayUrl, Duration resumeWindow, Duration longestSend) {}
