package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.webhook.WebhookMessages.Through;

/** Posts a message that was written for Slack through a webhook. */
public final class ExecuteSlackWebhookFunction extends HttpFunction {

    public ExecuteSlackWebhookFunction() {
        this(Parley.fromEnvironment());
    }

    public ExecuteSlackWebhookFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        parley.webhookMessages().createSlack(through, call.form());
        return HttpReply.ok("ok");
    }
}
