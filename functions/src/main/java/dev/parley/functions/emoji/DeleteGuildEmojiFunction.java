package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Removes an emoji of a guild. */
public final class DeleteGuildEmojiFunction extends HttpFunction {

    public DeleteGuildEmojiFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteGuildEmojiFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake emojiId = call.pathId("emoji_id", ErrorCode.UNKNOWN_EMOJI);
        parley.guildEmojis().delete(guildId, emojiId, call.actor());
        return HttpReply.noContent();
    }
}
