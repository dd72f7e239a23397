package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Webhooks, and what is done with their tokens. An interaction's token stands beside its application's id. */
final class WebhookRoutes {

    private static final String BY_TOKEN = "/webhooks/{webhook_id}/{webhook_token}";

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/channels/{channel_id}/webhooks", "webhook.ListChannelWebhooksFunction"),
            HttpRoute.api(POST, "/channels/{channel_id}/webhooks", "webhook.CreateWebhookFunction")
                    .storing(),
            HttpRoute.api(GET, "/guilds/{guild_id}/webhooks", "webhook.ListGuildWebhooksFunction"),
            HttpRoute.api(GET, "/webhooks/{webhook_id}", "webhook.GetWebhookFunction"),
            HttpRoute.api(PATCH, "/webhooks/{webhook_id}", "webhook.ModifyWebhookFunction")
                    .storing(),
            HttpRoute.api(DELETE, "/webhooks/{webhook_id}", "webhook.DeleteWebhookFunction"),
            byToken(GET, "", "webhook.GetWebhookWithTokenFunction"),
            byToken(PATCH, "", "webhook.ModifyWebhookWithTokenFunction").storing(),
            byToken(DELETE, "", "webhook.DeleteWebhookWithTokenFunction"),
            byToken(POST, "", "webhook.ExecuteWebhookFunction").storing().limit(Limit.EXECUTE_WEBHOOK),
            byToken(POST, "/slack", "webhook.ExecuteSlackWebhookFunction").limit(Limit.EXECUTE_WEBHOOK),
            byToken(GET, "/messages/@original", "webhook.GetOriginalMessageFunction"),
            byToken(PATCH, "/messages/@original", "webhook.EditOriginalMessageFunction")
                    .storing(),
            byToken(DELETE, "/messages/@original", "webhook.DeleteOriginalMessageFunction"),
            byToken(GET, "/messages/{message_id}", "webhook.GetWebhookMessageFunction"),
            byToken(PATCH, "/messages/{message_id}", "webhook.EditWebhookMessageFunction")
                    .storing(),
            byToken(DELETE, "/messages/{message_id}", "webhook.DeleteWebhookMessageFunction"));

    private WebhookRoutes() {}

    private static HttpRoute byToken(HttpMethod method, String path, String handler) {
        return HttpRoute.api(method, BY_TOKEN + path, handler).open().limit(Limit.USE_WEBHOOK);
    }
}
