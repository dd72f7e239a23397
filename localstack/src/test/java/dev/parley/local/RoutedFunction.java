package dev.parley.local;

import dev.parley.local.lambda.FunctionHost;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands the invocations of one function of a cloud to somebody else until it is closed; all others go on. Thread-safe. */
public final class RoutedFunction implements AutoCloseable {

    private final ForwardingHost functions;
    private final FunctionHost former;

    private RoutedFunction(ForwardingHost functions, FunctionHost former) {
        this.functions = functions;
        this.former = former;
    }

    /**
     * Routes a function from now on.
     *
     * @param target gets each event and gives its answer
     */
    public static RoutedFunction route(
            LocalCloud cloud, String functionName, Function<byte[], CompletableFuture<byte[]>> target) {
        ForwardingHost functions = cloud.functions();
        FunctionHost former = functions.actual();
        functions.become(new Routing(functionName, target, former));
        return new RoutedFunction(functions, former);
    }

    @Override
    public void close() {
        functions.become(former);
    }

    private record Routing(String routedName, Function<byte[], CompletableFuture<byte[]>> target, FunctionHost others)
            implements FunctionHost {

        @Override
        public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
            return functionName.equals(routedName) ? target.apply(event) : others.invoke(functionName, event);
        }

        @Override
        public void invokeAsync(String functionName, byte[] event) {
            invokeAsync(functionName, event, null);
        }

        @Override
        public void invokeAsync(String functionName, byte[] event, @Nullable String trace) {
            if (functionName.equals(routedName)) {
                var _ = target.apply(event);
            } else {
                others.invokeAsync(functionName, event, trace);
            }
        }

        @Override
        public void close() {
            // The host belongs to the cloud.
        }
    }
}
