package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;

/**
 * The main class of an environment: the Lambda runtime client, and a watch on the standard input, which its parent holds
 * open. When the parent ends, however it ends, so does the environment.
 */
public final class IsolatedMain {

    private IsolatedMain() {}

    /** Runs the handler class that is the first argument. */
    public static void main(String[] arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("parent-watch").start(IsolatedMain::haltAtEndOfInput);
        AWSLambda.main(arguments);
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // the parent writes nothing
            }
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().halt(0);
    }
}
