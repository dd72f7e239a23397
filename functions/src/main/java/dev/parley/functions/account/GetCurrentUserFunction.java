package dev.parley.functions.account;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** The caller, as itself. */
public final class GetCurrentUserFunction extends HttpFunction {

    public GetCurrentUserFunction() {
        this(Parley.fromEnvironment());
    }

    public GetCurrentUserFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(
                parley.accounts().currentUser(call.principal().userId()).body());
    }
}
