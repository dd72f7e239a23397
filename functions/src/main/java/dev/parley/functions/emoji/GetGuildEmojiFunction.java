package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Reads an emoji of a guild. */
public final class GetGuildEmojiFunction extends HttpFunction {

    public GetGuildEmojiFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildEmojiFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake emojiId = call.pathId("emoji_id", ErrorCode.UNKNOWN_EMOJI);
        return HttpReply.ok(
                parley.guildEmojis().get(guildId, emojiId, call.principal().userId()));
    }
}
