package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.application.Commands.Scope;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes these an application's only commands of one guild. */
public final class OverwriteGuildCommandsFunction extends HttpFunction {

    public OverwriteGuildCommandsFunction() {
        this(Parley.fromEnvironment());
    }

    public OverwriteGuildCommandsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Scope scope = new Scope(applicationId, guildId);
        return HttpReply.ok(parley.commands().overwrite(scope, call.principal().userId(), call.json()));
    }
}
