package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Who may use a command in a guild. */
public final class GetCommandPermissionsFunction extends HttpFunction {

    public GetCommandPermissionsFunction() {
        this(Parley.fromEnvironment());
    }

    public GetCommandPermissionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake commandId = call.pathId("command_id", ErrorCode.UNKNOWN_COMMAND);
        return HttpReply.ok(parley.commandPermissions()
                .get(applicationId, guildId, commandId, call.principal().userId()));
    }
}
