package dev.parley.functions.operations;

import com.amazonaws.services.lambda.runtime.Context;
import dev.parley.Parley;
import dev.parley.functions.ParleyFunction;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Removes rows that have served their time. */
public final class RemoveExpiredFunction extends ParleyFunction {

    public RemoveExpiredFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveExpiredFunction(Parley parley) {
        super(parley);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        out.write(Json.bytes(Json.object().put("removed", parley.expiredRows().remove())));
    }
}
