package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Makes an application and its bot user. */
public final class CreateApplicationFunction extends HttpFunction {

    public CreateApplicationFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateApplicationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.created(parley.applications().create(call.principal().userId(), call.form()));
    }
}
