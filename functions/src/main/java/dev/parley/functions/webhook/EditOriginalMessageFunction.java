package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.webhook.WebhookMessages.Through;

/** Changes the first answer to an interaction. */
public final class EditOriginalMessageFunction extends HttpFunction {

    public EditOriginalMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public EditOriginalMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        return HttpReply.ok(parley.webhookMessages().edit(through, null, call.form()));
    }
}
