package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts a user out of a group of direct messages. */
public final class RemoveGroupRecipientFunction extends HttpFunction {

    public RemoveGroupRecipientFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveGroupRecipientFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake otherId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        parley.groups().remove(channelId, call.principal().userId(), otherId);
        return HttpReply.noContent();
    }
}
