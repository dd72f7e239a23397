package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** The caller's direct-message channels. */
public final class ListDirectChannelsFunction extends HttpFunction {

    public ListDirectChannelsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListDirectChannelsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.directChannels().list(call.principal().userId()));
    }
}
