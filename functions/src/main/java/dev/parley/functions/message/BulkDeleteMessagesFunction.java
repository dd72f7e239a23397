package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Deletes messages together. */
public final class BulkDeleteMessagesFunction extends HttpFunction {

    public BulkDeleteMessagesFunction() {
        this(Parley.fromEnvironment());
    }

    public BulkDeleteMessagesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        parley.messageDeletes().deleteBulk(channelId, call.actor(), call.form());
        return HttpReply.noContent();
    }
}
