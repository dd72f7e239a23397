package dev.parley.functions.user;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** What the caller has set in its client. */
public final class GetSettingsFunction extends HttpFunction {

    public GetSettingsFunction() {
        this(Parley.fromEnvironment());
    }

    public GetSettingsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.userSettings().get(call.principal()));
    }
}
