package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.snowflake.Snowflake;

/** Changes the application of the bot that calls. */
public final class ModifyOwnApplicationFunction extends HttpFunction {

    public ModifyOwnApplicationFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyOwnApplicationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake botId = call.principal().userId();
        return HttpReply.ok(parley.applications().modify(botId, botId, call.form()));
    }
}
