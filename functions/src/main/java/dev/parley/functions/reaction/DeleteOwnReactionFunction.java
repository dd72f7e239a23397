package dev.parley.functions.reaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.reaction.Emoji;
import dev.parley.snowflake.Snowflake;

/** Takes the caller's own reaction back. */
public final class DeleteOwnReactionFunction extends HttpFunction {

    public DeleteOwnReactionFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteOwnReactionFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        Emoji emoji = Emoji.parse(call.path("emoji_name"));
        Snowflake userId = call.principal().userId();
        parley.reactions().remove(channelId, messageId, userId, emoji, userId);
        return HttpReply.noContent();
    }
}
