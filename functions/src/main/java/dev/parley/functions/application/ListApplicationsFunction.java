package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** The applications of the caller. */
public final class ListApplicationsFunction extends HttpFunction {

    public ListApplicationsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListApplicationsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.applications().ofOwner(call.principal().userId()));
    }
}
