package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The latest pins of a channel, as older clients ask for them. */
public final class ListPinnedMessagesFunction extends HttpFunction {

    public ListPinnedMessagesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListPinnedMessagesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(parley.pins().latest(channelId, call.principal().userId()));
    }
}
