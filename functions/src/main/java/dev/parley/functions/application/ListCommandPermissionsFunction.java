package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Who may use an application's commands in a guild. */
public final class ListCommandPermissionsFunction extends HttpFunction {

    public ListCommandPermissionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListCommandPermissionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.commandPermissions()
                .list(applicationId, guildId, call.principal().userId()));
    }
}
