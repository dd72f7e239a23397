package dev.parley.functions.reaction;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.reaction.Emoji;
import dev.parley.reaction.ReactionPage;
import dev.parley.snowflake.Snowflake;

/** Those who reacted to a message with an emoji. */
public final class ListReactionsFunction extends HttpFunction {

    public ListReactionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListReactionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        Emoji emoji = Emoji.parse(call.path("emoji_name"));
        ReactionPage page = ReactionPage.read(call.query("after"), call.query("limit"), call.query("type"));
        return HttpReply.ok(
                parley.reactions().users(channelId, messageId, call.principal().userId(), emoji, page));
    }
}
