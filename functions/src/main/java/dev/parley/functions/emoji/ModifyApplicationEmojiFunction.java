package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes an emoji of an application. */
public final class ModifyApplicationEmojiFunction extends HttpFunction {

    public ModifyApplicationEmojiFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyApplicationEmojiFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake emojiId = call.pathId("emoji_id", ErrorCode.UNKNOWN_EMOJI);
        return HttpReply.ok(parley.applicationEmojis()
                .modify(applicationId, emojiId, call.principal().userId(), call.form()));
    }
}
