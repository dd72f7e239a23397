package dev.parley.local;

import dev.parley.local.lambda.FunctionHost;
import java.util.concurrent.CompletableFuture;

/** Holds the invocations of one function back until it is closed; all others go on. Thread-safe. */
public final class HeldFunction implements AutoCloseable {

    private final ForwardingHost functions;
    private final FunctionHost former;
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    private HeldFunction(ForwardingHost functions) {
        this.functions = functions;
        this.former = functions.actual();
    }

    /** Holds a function of a cloud from now on. */
    public static HeldFunction hold(LocalCloud cloud, String functionName) {
        return hold(cloud.functions(), functionName);
    }

    /** As above. */
    static HeldFunction hold(ForwardingHost functions, String functionName) {
        HeldFunction held = new HeldFunction(functions);
        functions.become(held.holding(functionName));
        return held;
    }

    /** Lets what was held back go on. */
    @Override
    public void close() {
        functions.become(former);
        released.complete(null);
    }

    private FunctionHost holding(String heldName) {
        return new FunctionHost() {
            @Override
            public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
                return functionName.equals(heldName)
                        ? released.thenCompose(ignored -> former.invoke(functionName, event))
                        : former.invoke(functionName, event);
            }

            @Override
            public void invokeAsync(String functionName, byte[] event) {
                if (functionName.equals(heldName)) {
                    var _ = released.thenRun(() -> former.invokeAsync(functionName, event));
                } else {
                    former.invokeAsync(functionName, event);
                }
            }

            @Override
            public void close() {
                // The host belongs to the cloud.
            }
        };
    }
}
