package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;

/** Opens the direct-message channel with {@code recipient_id}; with the caller itself, its saved messages. */
public final class CreateDirectChannelFunction extends HttpFunction {

    public CreateDirectChannelFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateDirectChannelFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Form form = call.form();
        Snowflake recipientId = form.optionalSnowflake("recipient_id");
        if (recipientId == null) {
            form.required("recipient_id");
        }
        form.check();
        Snowflake userId = call.principal().userId();
        return HttpReply.ok(parley.channels().openDirect(userId, recipientId == null ? userId : recipientId));
    }
}
