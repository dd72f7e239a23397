package dev.parley.functions.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.account.TokenPair;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;

/** Trades a {@code refresh_token} for new tokens. */
public final class RefreshFunction extends HttpFunction {

    public RefreshFunction() {
        this(Parley.fromEnvironment());
    }

    public RefreshFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Form form = call.form();
        String refreshToken = form.requiredText("refresh_token", 1, 200);
        form.check();
        TokenPair pair = parley.tokens().refresh(refreshToken);
        ObjectNode body = Json.object();
        body.set("tokens", Json.tree(pair));
        return HttpReply.ok(body);
    }
}
