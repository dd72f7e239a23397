package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.application.Commands.Created;
import dev.parley.application.Commands.Scope;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Registers a command of all guilds, in place of one of the same name. */
public final class CreateGlobalCommandFunction extends HttpFunction {

    public CreateGlobalCommandFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGlobalCommandFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake applicationId = call.pathId("application_id", ErrorCode.UNKNOWN_APPLICATION);
        Scope scope = new Scope(applicationId, null);
        Created created = parley.commands().create(scope, call.principal().userId(), call.form());
        return created.isNew() ? HttpReply.created(created.body()) : HttpReply.ok(created.body());
    }
}
