package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.webhook.WebhookMessages.Through;

/** The first answer to an interaction. */
public final class GetOriginalMessageFunction extends HttpFunction {

    public GetOriginalMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public GetOriginalMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        return HttpReply.ok(parley.webhookMessages().get(through, null));
    }
}
