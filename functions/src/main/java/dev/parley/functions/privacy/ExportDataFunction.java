package dev.parley.functions.privacy;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** A part of all that is kept of the caller. */
public final class ExportDataFunction extends HttpFunction {

    public ExportDataFunction() {
        this(Parley.fromEnvironment());
    }

    public ExportDataFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.dataExport().part(call.principal(), call.query("after")));
    }
}
