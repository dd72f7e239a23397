package dev.parley.functions.reaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.reaction.Emoji;
import dev.parley.snowflake.Snowflake;

/** Removes a user's reaction. */
public final class DeleteUserReactionFunction extends HttpFunction {

    public DeleteUserReactionFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteUserReactionFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        Emoji emoji = Emoji.parse(call.path("emoji_name"));
        Snowflake ofUserId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        Snowflake userId = call.principal().userId();
        parley.reactions().remove(channelId, messageId, userId, emoji, ofUserId);
        return HttpReply.noContent();
    }
}
