package dev.parley.functions.account;

import dev.parley.Parley;
import dev.parley.account.Registration;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Makes an account and signs it in. */
public final class RegisterFunction extends HttpFunction {

    public RegisterFunction() {
        this(Parley.fromEnvironment());
    }

    public RegisterFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Registration registration = Registration.read(call.form());
        return HttpReply.created(parley.accounts().register(registration).body());
    }
}
