package dev.parley.functions.user;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Changes what the caller has set in its client. */
public final class ModifySettingsFunction extends HttpFunction {

    public ModifySettingsFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifySettingsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.userSettings().modify(call.principal(), call.form()));
    }
}
