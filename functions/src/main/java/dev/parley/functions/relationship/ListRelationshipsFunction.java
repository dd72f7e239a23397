package dev.parley.functions.relationship;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** The caller's friends, and whom the caller has blocked. */
public final class ListRelationshipsFunction extends HttpFunction {

    public ListRelationshipsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListRelationshipsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.relationships().list(call.principal()));
    }
}
