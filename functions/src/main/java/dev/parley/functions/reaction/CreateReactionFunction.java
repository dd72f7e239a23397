package dev.parley.functions.reaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.reaction.Emoji;
import dev.parley.snowflake.Snowflake;

/** Reacts to a message. */
public final class CreateReactionFunction extends HttpFunction {

    public CreateReactionFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateReactionFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        Emoji emoji = Emoji.parse(call.path("emoji_name"));
        parley.reactions().add(channelId, messageId, call.principal().userId(), emoji);
        return HttpReply.noContent();
    }
}
