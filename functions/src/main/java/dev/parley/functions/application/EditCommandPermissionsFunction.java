package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Says who may use a command in a guild. */
public final class EditCommandPermissionsFunction extends HttpFunction {

    public EditCommandPermissionsFunction() {
        this(Parley.fromEnvironment());
    }

    public EditCommandPermissionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake commandId = call.pathId("command_id", ErrorCode.UNKNOWN_COMMAND);
        return HttpReply.ok(
                parley.commandPermissions().put(applicationId, guildId, commandId, call.actor(), call.form()));
    }
}
