package dev.parley.functions.invite;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Deletes an invite. */
public final class DeleteInviteFunction extends HttpFunction {

    public DeleteInviteFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteInviteFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.invites().delete(call.path("invite_code"), call.actor()));
    }
}
