package dev.parley.functions.interaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Asks an application for a user. */
public final class CreateInteractionFunction extends HttpFunction {

    public CreateInteractionFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateInteractionFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        parley.interactions().create(call.principal().userId(), call.form());
        return HttpReply.noContent();
    }
}
