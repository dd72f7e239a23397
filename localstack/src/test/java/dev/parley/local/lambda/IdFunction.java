package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.parley.Parley;
import dev.parley.functions.ParleyFunction;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Makes an id before the snapshot, as priming a real function does, and others after it. */
public final class IdFunction extends ParleyFunction {

    private volatile Snowflake beforeSnapshot = new Snowflake(0);

    public IdFunction() {
        this(Parley.fromEnvironment());
    }

    public IdFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected void prime() {
        beforeSnapshot = parley.snowflakes().next();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Snowflake id = parley.snowflakes().next();
        out.write(Json.bytes(Json.object()
                .put("before_snapshot", beforeSnapshot.worker())
                .put("worker", id.worker())
                .put("id", id.toString())));
    }
}
