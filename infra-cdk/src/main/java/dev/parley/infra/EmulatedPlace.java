package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import java.time.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;

/** Where an emulator runs functions: in containers, without a VPC. */
final class EmulatedPlace implements FunctionPlace {

    /** Lambda's own limit (AWS Lambda quotas, "Timeout"). */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** The start of a container and its JVM, which emulators count as a part of the call; Lambda does not. */
    private static final Duration START = Duration.ofSeconds(90);

    @Override
    public void place(Function.Builder function, FunctionSpec spec) {
        Duration patient = spec.timeout().plus(START);
        function.timeout(software.amazon.awscdk.Duration.seconds(Math.min(patient.toSeconds(), LONGEST.toSeconds())));
    }

    /**
     * The function itself. floci 1.7.0 takes what is behind the last colon of an integration's URI for the function's name, which with an alias
     * is the alias; and there is no snapshot that the alias would be needed for.
     */
    @Override
    public IFunction invoked(Function function, Alias alias) {
        return function;
    }
}
