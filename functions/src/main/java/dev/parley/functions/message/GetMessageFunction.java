package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** One message. */
public final class GetMessageFunction extends HttpFunction {

    public GetMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public GetMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        return HttpReply.ok(
                parley.messages().get(channelId, messageId, call.principal().userId()));
    }
}
