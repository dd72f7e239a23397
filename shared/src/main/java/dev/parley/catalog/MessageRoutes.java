package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Messages. */
final class MessageRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/channels/{channel_id}/messages", "message.ListMessagesFunction")
                    .limit(Limit.READ_MESSAGES),
            HttpRoute.api(POST, "/channels/{channel_id}/messages", "message.CreateMessageFunction")
                    .storing()
                    .limit(Limit.CREATE_MESSAGE),
            HttpRoute.api(GET, "/channels/{channel_id}/messages/{message_id}", "message.GetMessageFunction")
                    .limit(Limit.READ_MESSAGES),
            HttpRoute.api(PATCH, "/channels/{channel_id}/messages/{message_id}", "message.EditMessageFunction")
                    .storing(),
            HttpRoute.api(DELETE, "/channels/{channel_id}/messages/{message_id}", "message.DeleteMessageFunction"),
            HttpRoute.api(POST, "/channels/{channel_id}/messages/bulk-delete", "message.BulkDeleteMessagesFunction"),
            HttpRoute.api(
                    POST, "/channels/{channel_id}/messages/{message_id}/crosspost", "message.CrosspostMessageFunction"),
            HttpRoute.api(GET, "/channels/{channel_id}/messages/pins", "message.ListPinsFunction"),
            HttpRoute.api(PUT, "/channels/{channel_id}/messages/pins/{message_id}", "message.PinMessageFunction"),
            HttpRoute.api(DELETE, "/channels/{channel_id}/messages/pins/{message_id}", "message.UnpinMessageFunction"),
            // As older clients spell them.
            HttpRoute.api(GET, "/channels/{channel_id}/pins", "message.ListPinnedMessagesFunction"),
            HttpRoute.api(PUT, "/channels/{channel_id}/pins/{message_id}", "message.PinMessageFunction"),
            HttpRoute.api(DELETE, "/channels/{channel_id}/pins/{message_id}", "message.UnpinMessageFunction"));

    private MessageRoutes() {}
}
