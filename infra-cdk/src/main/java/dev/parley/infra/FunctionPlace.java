package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;

/** Where functions run, and how they are found there. */
interface FunctionPlace {

    /** Puts a function there that is about to be made. */
    void place(Function.Builder function, FunctionSpec spec);

    /** What the APIs invoke of a function and its alias. */
    IFunction invoked(Function function, Alias alias);
}
