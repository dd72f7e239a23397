package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Messages. */
final class MessageRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/channels/{channel_id}/messages", "message.ListMessagesFunction")
                    .limit(Limit.READ_MESSAGES),
            HttpRoute.api(POST, "/channels/{channel_id}/messages", "message.CreateMessageFunction")
                    .limit(Limit.CREATE_MESSAGE),
            HttpRoute.api(GET, "/channels/{channel_id}/messages/{message_id}", "message.GetMessageFunction")
                    .limit(Limit.READ_MESSAGES));

    private MessageRoutes() {}
}
