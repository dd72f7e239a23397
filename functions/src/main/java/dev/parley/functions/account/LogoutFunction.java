package dev.parley.functions.account;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Ends the sign-in that the caller's token comes from. */
public final class LogoutFunction extends HttpFunction {

    public LogoutFunction() {
        this(Parley.fromEnvironment());
    }

    public LogoutFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        parley.tokens().revoke(call.principal().tokenId());
        return HttpReply.noContent();
    }
}
