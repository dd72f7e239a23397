package dev.parley.functions.attachment;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Gives links with which files are uploaded before their message is sent. */
public final class CreateAttachmentsFunction extends HttpFunction {

    public CreateAttachmentsFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateAttachmentsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(parley.uploads().prepare(channelId, call.principal().userId(), call.form()));
    }
}
