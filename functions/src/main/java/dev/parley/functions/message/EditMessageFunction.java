package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a message. */
public final class EditMessageFunction extends HttpFunction {

    public EditMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public EditMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        return HttpReply.ok(parley.messageEdits()
                .edit(channelId, messageId, call.principal().userId(), call.form()));
    }
}
