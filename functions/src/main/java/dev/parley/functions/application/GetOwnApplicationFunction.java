package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.snowflake.Snowflake;

/** The application of the bot that calls. */
public final class GetOwnApplicationFunction extends HttpFunction {

    public GetOwnApplicationFunction() {
        this(Parley.fromEnvironment());
    }

    public GetOwnApplicationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake botId = call.principal().userId();
        return HttpReply.ok(parley.applications().get(botId, botId));
    }
}
