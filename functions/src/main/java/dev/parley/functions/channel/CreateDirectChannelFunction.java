package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Opens a direct-message channel: with one user, with the caller itself, or with several. */
public final class CreateDirectChannelFunction extends HttpFunction {

    public CreateDirectChannelFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateDirectChannelFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.directChannels().open(call.principal(), call.form()));
    }
}
