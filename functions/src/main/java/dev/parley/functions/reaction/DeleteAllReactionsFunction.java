package dev.parley.functions.reaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Removes all reactions to a message. */
public final class DeleteAllReactionsFunction extends HttpFunction {

    public DeleteAllReactionsFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteAllReactionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        parley.reactions().removeAll(channelId, messageId, call.principal().userId());
        return HttpReply.noContent();
    }
}
