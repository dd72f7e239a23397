package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts channels at other positions and in other categories. */
public final class ModifyGuildChannelPositionsFunction extends HttpFunction {

    public ModifyGuildChannelPositionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyGuildChannelPositionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.channelOrder().move(guildId, call.actor(), call.json());
        return HttpReply.noContent();
    }
}
