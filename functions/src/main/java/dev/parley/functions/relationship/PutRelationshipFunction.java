package dev.parley.functions.relationship;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Blocks a user, or asks a user to be a friend. */
public final class PutRelationshipFunction extends HttpFunction {

    public PutRelationshipFunction() {
        this(Parley.fromEnvironment());
    }

    public PutRelationshipFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake otherId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        parley.relationships().put(call.principal(), otherId, call.form());
        return HttpReply.noContent();
    }
}
