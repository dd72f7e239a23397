package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Publishes a message of an announcement channel. */
public final class CrosspostMessageFunction extends HttpFunction {

    public CrosspostMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public CrosspostMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        return HttpReply.ok(parley.messageEdits()
                .crosspost(channelId, messageId, call.principal().userId()));
    }
}
