package dev.parley.functions.invite;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The invites to a channel. */
public final class ListChannelInvitesFunction extends HttpFunction {

    public ListChannelInvitesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListChannelInvitesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(
                parley.invites().ofChannel(channelId, call.principal().userId()));
    }
}
