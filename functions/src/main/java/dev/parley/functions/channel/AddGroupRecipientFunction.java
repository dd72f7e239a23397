package dev.parley.functions.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Brings a user into a group of direct messages. */
public final class AddGroupRecipientFunction extends HttpFunction {

    public AddGroupRecipientFunction() {
        this(Parley.fromEnvironment());
    }

    public AddGroupRecipientFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake otherId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        ObjectNode created = parley.groups().add(channelId, call.principal().userId(), otherId);
        return created == null ? HttpReply.noContent() : HttpReply.created(created);
    }
}
