package dev.parley.catalog;

import java.time.Duration;

/**
 * One Lambda function: its name, the class that handles its events, and what it is given to run.
 *
 * @param name the function's name within a deployment, in CamelCase, unique in the catalog
 * @param handler the fully qualified name of the handler class, in the {@code functions} module
 * @param memoryMb memory in MiB; CPU follows memory on Lambda (1,769 MiB is one vCPU)
 * @param timeout the longest an invocation may take; API Gateway gives up after 29 s (WebSocket) and 30 s (HTTP)
 * @param files what it does with the files in S3
 */
public record FunctionSpec(String name, String handler, int memoryMb, Duration timeout, FileAccess files) {

    private static final String PACKAGE = "dev.parley.functions.";
    private static final String SUFFIX = "Function";

    /** A function that has nothing to do with files. */
    public FunctionSpec(String name, String handler, int memoryMb, Duration timeout) {
        this(name, handler, memoryMb, timeout, FileAccess.NONE);
    }

    /**
     * A function with the defaults that fit most routes: 1,024 MiB, since SnapStart restores slowly below that, and 10 s.
     *
     * @param handler the handler class relative to {@code dev.parley.functions}, its name ending in {@code Function}
     */
    public static FunctionSpec of(String handler) {
        return of(handler, 1024, Duration.ofSeconds(10));
    }

    /**
     * A function with its own size.
     *
     * @param handler the handler class relative to {@code dev.parley.functions}, its name ending in {@code Function}
     * @throws IllegalArgumentException if the class name does not end in {@code Function}
     */
    public static FunctionSpec of(String handler, int memoryMb, Duration timeout) {
        if (!handler.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("A handler's name ends in Function: " + handler);
        }
        String simpleName = handler.substring(handler.lastIndexOf('.') + 1);
        String name = simpleName.substring(0, simpleName.length() - SUFFIX.length());
        return new FunctionSpec(name, PACKAGE + handler, memoryMb, timeout);
    }

    /** The same function, with files. */
    public FunctionSpec with(FileAccess access) {
        return new FunctionSpec(name, handler, memoryMb, timeout, access);
    }
}
