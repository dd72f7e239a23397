package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.parley.Parley;
import dev.parley.functions.ParleyFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Functions that tests run in the hosts. */
public final class TestFunctions {

    private TestFunctions() {}

    /** Answers with its event. */
    public static final class Echo extends ParleyFunction {
        public Echo() {
            this(Parley.fromEnvironment());
        }

        public Echo(Parley parley) {
            super(parley);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            input.transferTo(output);
        }
    }

    /** Answers with what its context says. */
    public static final class Describe extends ParleyFunction {
        public Describe() {
            this(Parley.fromEnvironment());
        }

        public Describe(Parley parley) {
            super(parley);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            int before = context.getRemainingTimeInMillis();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            String json = """
                    {"request":"%s","name":"%s","arn":"%s","memory":%d,"remaining":%d,"counts_down":%s,"pid":%d}""".formatted(
                            context.getAwsRequestId(),
                            context.getFunctionName(),
                            context.getInvokedFunctionArn(),
                            context.getMemoryLimitInMB(),
                            before,
                            context.getRemainingTimeInMillis() < before,
                            ProcessHandle.current().pid());
            output.write(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Throws. */
    public static final class Failing extends ParleyFunction {
        public Failing() {
            this(Parley.fromEnvironment());
        }

        public Failing(Parley parley) {
            super(parley);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {
            throw new IllegalStateException("the tea is cold");
        }
    }

    /** Throws twice, then answers. */
    public static final class Flaky extends ParleyFunction {
        private final AtomicInteger calls = new AtomicInteger();

        public Flaky() {
            this(Parley.fromEnvironment());
        }

        public Flaky(Parley parley) {
            super(parley);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            if (calls.incrementAndGet() <= 2) {
                throw new IllegalStateException("not yet");
            }
            input.transferTo(output);
        }
    }

    /** Never answers; an interrupt ends it. */
    public static final class Stuck extends ParleyFunction {
        public Stuck() {
            this(Parley.fromEnvironment());
        }

        public Stuck(Parley parley) {
            super(parley);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    /** Answers with one byte more than Lambda takes. */
    public static final class TooMuch extends ParleyFunction {
        public TooMuch() {
            this(Parley.fromEnvironment());
        }

        public TooMuch(Parley parley) {
            super(parley);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            output.write(new byte[6 * 1024 * 1024]);
            output.write('!');
        }
    }

    /** Cannot be made. */
    public static final class Broken extends ParleyFunction {
        public Broken() {
            this(Parley.fromEnvironment());
        }

        public Broken(Parley parley) {
            super(parley);
            throw new IllegalArgumentException("no teapot");
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }
}
