package dev.parley.functions.readstate;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** How far the caller has read, channel by channel. */
public final class ListReadStatesFunction extends HttpFunction {

    public ListReadStatesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListReadStatesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.readStates().list(call.principal(), call.query("after"), call.query("limit")));
    }
}
