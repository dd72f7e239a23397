package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.message.PinPage;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A page of a channel's pins. */
public final class ListPinsFunction extends HttpFunction {

    public ListPinsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListPinsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        PinPage page = PinPage.read(call.query("before"), call.query("limit"));
        return HttpReply.ok(parley.pins().list(channelId, call.principal().userId(), page));
    }
}
