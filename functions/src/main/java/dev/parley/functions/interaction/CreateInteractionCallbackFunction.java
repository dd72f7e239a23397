package dev.parley.functions.interaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;

/** An application's first answer to an interaction. */
public final class CreateInteractionCallbackFunction extends HttpFunction {

    public CreateInteractionCallbackFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateInteractionCallbackFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake interactionId = call.pathId("interaction_id", ErrorCode.UNKNOWN_INTERACTION);
        Secret token = new Secret(call.path("interaction_token"));
        ObjectNode answered = parley.callbacks().answer(interactionId, token, call.form());
        return Boolean.parseBoolean(call.query("with_response")) ? HttpReply.ok(answered) : HttpReply.noContent();
    }
}
