package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;

/** The voice regions: none, for there is no voice. */
public final class ListVoiceRegionsFunction extends HttpFunction {

    public ListVoiceRegionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListVoiceRegionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(Json.array());
    }
}
