package dev.parley.functions.invite;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes an invite to a channel's guild. */
public final class CreateInviteFunction extends HttpFunction {

    public CreateInviteFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateInviteFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(parley.invites().create(channelId, call.actor(), call.form()));
    }
}
