package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.application.Commands.Scope;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** An application's commands of one guild. */
public final class ListGuildCommandsFunction extends HttpFunction {

    public ListGuildCommandsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildCommandsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Scope scope = new Scope(applicationId, guildId);
        boolean localized = Boolean.parseBoolean(call.query("with_localizations"));
        return HttpReply.ok(parley.commands().list(scope, call.principal().userId(), localized));
    }
}
