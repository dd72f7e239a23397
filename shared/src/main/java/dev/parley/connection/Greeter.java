package dev.parley.connection;

import dev.parley.protocol.Json;
import dev.parley.telemetry.Trace;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Starts the function that posts HELLO to a new connection: {@code $connect} cannot post, since the connection is not open
 * before it has returned (AWS knowledge center, "410 GoneException").
 *
 * <p>Thread-safe.
 */
public final class Greeter {

    private final Supplier<LambdaClient> lambda;
    private final Supplier<String> function;

    public Greeter(Supplier<LambdaClient> lambda, Supplier<String> function) {
        this.lambda = lambda;
        this.function = function;
    }

    /**
     * What the function is handed.
     *
     * @param heartbeatIntervalMillis what HELLO tells the client
     */
    public record Greeting(String connectionId, long heartbeatIntervalMillis) {}

    /**
     * Hands a greeting over and does not wait for it.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if Lambda does not take it
     */
    public void greet(Greeting greeting) {
        String trace = Trace.current();
        lambda.get().invoke(request -> {
            request.functionName(function.get())
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromByteArray(Json.bytes(greeting)));
            if (trace != null) {
                request.overrideConfiguration(options -> options.putHeader(Trace.HEADER, trace));
            }
        });
    }
}
