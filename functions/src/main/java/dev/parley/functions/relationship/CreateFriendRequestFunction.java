package dev.parley.functions.relationship;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Asks a user, by name, to be a friend. */
public final class CreateFriendRequestFunction extends HttpFunction {

    public CreateFriendRequestFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateFriendRequestFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        parley.relationships().request(call.principal(), call.form());
        return HttpReply.noContent();
    }
}
