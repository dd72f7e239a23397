package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes an emoji of a guild. */
public final class CreateGuildEmojiFunction extends HttpFunction {

    public CreateGuildEmojiFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGuildEmojiFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.created(parley.guildEmojis().create(guildId, call.actor(), call.form()));
    }
}
