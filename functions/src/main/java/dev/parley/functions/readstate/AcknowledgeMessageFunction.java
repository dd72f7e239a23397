package dev.parley.functions.readstate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/** Notes that the caller has read a channel up to a message. */
public final class AcknowledgeMessageFunction extends HttpFunction {

    public AcknowledgeMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public AcknowledgeMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        parley.readStates().acknowledge(call.principal(), channelId, messageId, call.form());
        ObjectNode body = Json.object();
        body.putNull("token");
        return HttpReply.ok(body);
    }
}
