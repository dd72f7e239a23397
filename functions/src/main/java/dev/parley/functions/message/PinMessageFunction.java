package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Pins a message. */
public final class PinMessageFunction extends HttpFunction {

    public PinMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public PinMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        parley.pins().pin(channelId, messageId, call.actor());
        return HttpReply.noContent();
    }
}
