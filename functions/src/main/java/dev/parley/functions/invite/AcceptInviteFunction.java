package dev.parley.functions.invite;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Joins the guild of an invite. */
public final class AcceptInviteFunction extends HttpFunction {

    public AcceptInviteFunction() {
        this(Parley.fromEnvironment());
    }

    public AcceptInviteFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.invites()
                .accept(call.path("invite_code"), call.principal().userId()));
    }
}
