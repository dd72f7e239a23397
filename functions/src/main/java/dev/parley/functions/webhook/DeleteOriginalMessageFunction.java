package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.webhook.WebhookMessages.Through;

/** Deletes the first answer to an interaction. */
public final class DeleteOriginalMessageFunction extends HttpFunction {

    public DeleteOriginalMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteOriginalMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        parley.webhookMessages().delete(through, null);
        return HttpReply.noContent();
    }
}
