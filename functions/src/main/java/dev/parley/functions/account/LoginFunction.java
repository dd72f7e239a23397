package dev.parley.functions.account;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Form;
import dev.parley.settings.Secret;

/** Signs in with {@code email} and {@code password}. */
public final class LoginFunction extends HttpFunction {

    public LoginFunction() {
        this(Parley.fromEnvironment());
    }

    public LoginFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Form form = call.form();
        String email = form.requiredText("email", 1, 254);
        Secret password = new Secret(form.requiredText("password", 1, 128));
        form.check();
        return HttpReply.ok(parley.accounts().login(email, password).body());
    }
}
