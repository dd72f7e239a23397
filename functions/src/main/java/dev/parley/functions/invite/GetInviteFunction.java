package dev.parley.functions.invite;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** What an invite leads to. */
public final class GetInviteFunction extends HttpFunction {

    public GetInviteFunction() {
        this(Parley.fromEnvironment());
    }

    public GetInviteFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        boolean withCounts = call.queryFlag("with_counts");
        return HttpReply.ok(parley.invites().get(call.path("invite_code"), withCounts));
    }
}
