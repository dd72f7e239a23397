package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes a thread that begins with a message. */
public final class StartThreadFromMessageFunction extends HttpFunction {

    public StartThreadFromMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public StartThreadFromMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        return HttpReply.created(parley.threads().createFromMessage(channelId, messageId, call.actor(), call.form()));
    }
}
