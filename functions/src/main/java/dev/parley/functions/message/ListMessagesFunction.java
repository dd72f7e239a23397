package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.message.MessagePage;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A page of a channel's history. */
public final class ListMessagesFunction extends HttpFunction {

    public ListMessagesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListMessagesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        MessagePage page =
                MessagePage.read(call.query("around"), call.query("before"), call.query("after"), call.query("limit"));
        return HttpReply.ok(parley.messages().list(channelId, call.principal().userId(), page));
    }
}
