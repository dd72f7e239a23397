package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.application.Commands.Created;
import dev.parley.application.Commands.Scope;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Registers a command of one guild, in place of one of the same name. */
public final class CreateGuildCommandFunction extends HttpFunction {

    public CreateGuildCommandFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGuildCommandFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Scope scope = new Scope(applicationId, guildId);
        Created created = parley.commands().create(scope, call.principal().userId(), call.form());
        return created.isNew() ? HttpReply.created(created.body()) : HttpReply.ok(created.body());
    }
}
