package dev.parley.functions.message;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Sends a message. */
public final class CreateMessageFunction extends HttpFunction {

    public CreateMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected void prime() throws Exception {
        super.prime();
        parley.messages().prime();
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(parley.messages().create(channelId, call.principal().userId(), call.form()));
    }
}
