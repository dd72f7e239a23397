package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** The guilds that the caller is in. */
public final class ListCurrentUserGuildsFunction extends HttpFunction {

    public ListCurrentUserGuildsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListCurrentUserGuildsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.guilds().summaries(call.principal().userId()));
    }
}
