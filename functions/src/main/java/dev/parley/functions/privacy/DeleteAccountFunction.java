package dev.parley.functions.privacy;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Deletes the caller's account. */
public final class DeleteAccountFunction extends HttpFunction {

    public DeleteAccountFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteAccountFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        parley.accountDeletion().delete(call.principal(), call.form());
        return HttpReply.noContent();
    }
}
