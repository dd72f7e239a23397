package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Lists the emojis of an application. */
public final class ListApplicationEmojisFunction extends HttpFunction {

    public ListApplicationEmojisFunction() {
        this(Parley.fromEnvironment());
    }

    public ListApplicationEmojisFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        return HttpReply.ok(
                parley.applicationEmojis().list(applicationId, call.principal().userId()));
    }
}
