package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Lets a bot into a guild that the caller manages. */
public final class AuthorizeBotFunction extends HttpFunction {

    public AuthorizeBotFunction() {
        this(Parley.fromEnvironment());
    }

    public AuthorizeBotFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.applications().authorize(call.actor(), call.queries(), call.form()));
    }
}
