package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Sets what a channel allows and denies a role or a member. */
public final class EditChannelPermissionsFunction extends HttpFunction {

    public EditChannelPermissionsFunction() {
        this(Parley.fromEnvironment());
    }

    public EditChannelPermissionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake targetId = call.pathId("overwrite_id", ErrorCode.UNKNOWN_OVERWRITE);
        parley.channelSettings().putOverwrite(channelId, call.actor(), targetId, call.form());
        return HttpReply.noContent();
    }
}
