package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.application.Commands.Scope;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A command of all guilds. */
public final class GetGlobalCommandFunction extends HttpFunction {

    public GetGlobalCommandFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGlobalCommandFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake commandId = call.pathId("command_id", ErrorCode.UNKNOWN_COMMAND);
        Scope scope = new Scope(applicationId, null);
        return HttpReply.ok(parley.commands().get(scope, call.principal().userId(), commandId));
    }
}
