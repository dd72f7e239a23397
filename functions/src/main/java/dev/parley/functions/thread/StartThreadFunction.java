package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes a thread that begins with nothing. */
public final class StartThreadFunction extends HttpFunction {

    public StartThreadFunction() {
        this(Parley.fromEnvironment());
    }

    public StartThreadFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.created(parley.threads().create(channelId, call.actor(), call.form()));
    }
}
