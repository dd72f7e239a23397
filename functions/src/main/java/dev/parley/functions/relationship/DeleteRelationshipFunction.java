package dev.parley.functions.relationship;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;

/** Ends what is between the caller and a user. */
public final class DeleteRelationshipFunction extends HttpFunction {

    public DeleteRelationshipFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteRelationshipFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        parley.relationships().remove(call.principal(), call.pathId("user_id", ErrorCode.UNKNOWN_USER));
        return HttpReply.noContent();
    }
}
