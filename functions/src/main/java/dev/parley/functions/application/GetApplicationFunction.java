package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** An application. */
public final class GetApplicationFunction extends HttpFunction {

    public GetApplicationFunction() {
        this(Parley.fromEnvironment());
    }

    public GetApplicationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        return HttpReply.ok(
                parley.applications().get(applicationId, call.principal().userId()));
    }
}
