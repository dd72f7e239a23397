package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** The application of the bot that calls. */
public final class GetCurrentApplicationFunction extends HttpFunction {

    public GetCurrentApplicationFunction() {
        this(Parley.fromEnvironment());
    }

    public GetCurrentApplicationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.applications().ofBot(call.principal().userId()));
    }
}
