package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Tells that the caller is typing in a channel. */
public final class TriggerTypingIndicatorFunction extends HttpFunction {

    public TriggerTypingIndicatorFunction() {
        this(Parley.fromEnvironment());
    }

    public TriggerTypingIndicatorFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        parley.typing().begin(channelId, call.principal().userId());
        return HttpReply.noContent();
    }
}
