package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** What the caller's token allows. */
public final class GetAuthorizationFunction extends HttpFunction {

    public GetAuthorizationFunction() {
        this(Parley.fromEnvironment());
    }

    public GetAuthorizationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.applications().authorization(call.principal()));
    }
}
