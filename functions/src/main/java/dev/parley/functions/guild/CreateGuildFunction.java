package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.account.User;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Makes a guild. */
public final class CreateGuildFunction extends HttpFunction {

    public CreateGuildFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGuildFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        User owner = parley.accounts().user(call.principal().userId());
        return HttpReply.created(parley.guilds().create(owner, call.form()));
    }
}
