package dev.parley.functions.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.webhook.WebhookMessages.Through;

/** Posts a message through a webhook or an interaction. */
public final class ExecuteWebhookFunction extends HttpFunction {

    public ExecuteWebhookFunction() {
        this(Parley.fromEnvironment());
    }

    public ExecuteWebhookFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        ObjectNode message = parley.webhookMessages().create(through, call.form());
        return WebhookTokens.wantsMessage(call) ? HttpReply.ok(message) : HttpReply.noContent();
    }
}
