package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes an emoji of an application. */
public final class CreateApplicationEmojiFunction extends HttpFunction {

    public CreateApplicationEmojiFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateApplicationEmojiFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        return HttpReply.created(parley.applicationEmojis()
                .create(applicationId, call.principal().userId(), call.form()));
    }
}
