package dev.parley.functions.user;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Changes the caller. */
public final class ModifyCurrentUserFunction extends HttpFunction {

    public ModifyCurrentUserFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyCurrentUserFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.profiles().modify(call.principal(), call.form()));
    }
}
