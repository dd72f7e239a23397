package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.parley.Parley;
import dev.parley.functions.ParleyFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Functions that make sense in a process of their own only. */
public final class IsolatedFunctions {

    private IsolatedFunctions() {}

    /** Answers with what its hooks have done. */
    public static final class Hooked extends ParleyFunction {
        private volatile boolean primed;

        public Hooked() {
            super(Parley.fromEnvironment());
        }

        @Override
        protected void prime() {
            primed = true;
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            output.write(Boolean.toString(primed).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Ends its process. */
    public static final class Suicidal extends ParleyFunction {
        public Suicidal() {
            super(Parley.fromEnvironment());
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            if (new String(input.readAllBytes(), StandardCharsets.UTF_8).contains("die")) {
                Runtime.getRuntime().halt(7);
            }
            output.write("\"alive\"".getBytes(StandardCharsets.UTF_8));
        }
    }
}
