package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Replaces the token of an application's bot. */
public final class ResetBotTokenFunction extends HttpFunction {

    public ResetBotTokenFunction() {
        this(Parley.fromEnvironment());
    }

    public ResetBotTokenFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        return HttpReply.ok(
                parley.applications().resetToken(applicationId, call.principal().userId()));
    }
}
