package dev.parley.functions.user;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;

/** The accounts elsewhere that the caller has connected: none, since Parley connects to nothing. */
public final class ListConnectionsFunction extends HttpFunction {

    public ListConnectionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListConnectionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(Json.array());
    }
}
