package dev.parley.local.apigateway;

/**
 * A page of the local cloud that is no route of an API, such as the metrics.
 *
 * @param contentType the media type
 * @param body the bytes; not copied, must not change afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // written once to the socket, never compared
public record LocalPage(String contentType, byte[] body) {}
