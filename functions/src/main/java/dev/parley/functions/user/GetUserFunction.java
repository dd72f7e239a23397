package dev.parley.functions.user;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;

/** A user as everybody sees it. */
public final class GetUserFunction extends HttpFunction {

    public GetUserFunction() {
        this(Parley.fromEnvironment());
    }

    public GetUserFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.accounts().user(call.pathId("user_id", ErrorCode.UNKNOWN_USER)));
    }
}
