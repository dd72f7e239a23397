package dev.parley.functions.reaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.reaction.Emoji;
import dev.parley.snowflake.Snowflake;

/** Removes everybody's reaction with an emoji. */
public final class DeleteEmojiReactionsFunction extends HttpFunction {

    public DeleteEmojiReactionsFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteEmojiReactionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        Emoji emoji = Emoji.parse(call.path("emoji_name"));
        parley.reactions().removeEmoji(channelId, messageId, call.principal().userId(), emoji);
        return HttpReply.noContent();
    }
}
