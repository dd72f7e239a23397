package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;

/** Where an emulator runs functions: in containers, without a VPC. */
final class EmulatedPlace implements FunctionPlace {

    @Override
    public void place(Function.Builder function, FunctionSpec spec) {
        // Nothing to say: the emulator puts its containers into a network of its own choice.
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
