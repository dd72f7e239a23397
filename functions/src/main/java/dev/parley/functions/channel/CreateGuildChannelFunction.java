package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes a channel in a guild. */
public final class CreateGuildChannelFunction extends HttpFunction {

    public CreateGuildChannelFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGuildChannelFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.created(parley.channels().create(guildId, call.actor(), call.form()));
    }
}
