package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.parley.catalog.FunctionSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a function that runs in this process is told about its invocation. Thread-safe. */
final class LocalContext implements Context {

    private static final String VERSION = "1";

    private final FunctionSpec function;
    private final String requestId = UUID.randomUUID().toString();
    private final String logStream;
    private final String trace;
    private final long deadlineNanos;

    LocalContext(FunctionSpec function, String logStream, String trace) {
        this.function = function;
        this.logStream = logStream;
        this.trace = trace;
        this.deadlineNanos = System.nanoTime() + function.timeout().toNanos();
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function.name();
    }

    @Override
    public String getLogStreamName() {
        return logStream;
    }

    @Override
    public String getFunctionName() {
        return function.name();
    }

    @Override
    public String getFunctionVersion() {
        return VERSION;
    }

    @Override
    public String getInvokedFunctionArn() {
        return LocalAccount.functionArn(function.name());
    }

    // The two below are null on Lambda too, unless a mobile SDK invoked the function.
    @Override
    @SuppressWarnings("NullAway") // the library's interface is not annotated
    public @Nullable CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // the library's interface is not annotated
    public @Nullable ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        long millis = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
        return Math.clamp(millis, 0, Integer.MAX_VALUE);
    }

    @Override
    public int getMemoryLimitInMB() {
        return function.memoryMb();
    }

    @Override
    public String getXrayTraceId() {
        return trace;
    }

    @Override
    public LambdaLogger getLogger() {
        return new Slf4jLambdaLogger(LoggerFactory.getLogger(function.handler()));
    }

    private record Slf4jLambdaLogger(Logger log) implements LambdaLogger {
        @Override
        public void log(String message) {
            log.info("{}", message);
        }

        @Override
        public void log(byte[] message) {
            log(new String(message, StandardCharsets.UTF_8));
        }
    }
}
