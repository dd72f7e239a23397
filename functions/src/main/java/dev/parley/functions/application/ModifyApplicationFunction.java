package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes an application. */
public final class ModifyApplicationFunction extends HttpFunction {

    public ModifyApplicationFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyApplicationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        return HttpReply.ok(
                parley.applications().modify(applicationId, call.principal().userId(), call.form()));
    }
}
