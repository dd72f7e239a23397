package dev.parley.local.lambda;

import dev.parley.catalog.FunctionSpec;
import java.util.Map;

/**
 * The environment variables that Lambda itself sets (Lambda developer guide, "Defined runtime environment variables"), as far as
 * the runtime client and Powertools read them.
 */
public final class LambdaVariables {

    private LambdaVariables() {}

    /**
     * Those of one environment.
     *
     * @param initializationType {@code on-demand} or {@code snap-start}
     * @param runtimeApi host and port of the runtime API
     */
    public static Map<String, String> of(FunctionSpec function, String initializationType, String runtimeApi) {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                runtimeApi,
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                initializationType,
                "AWS_LAMBDA_FUNCTION_NAME",
                function.name(),
                "AWS_LAMBDA_FUNCTION_VERSION",
                "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Integer.toString(function.memoryMb()),
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "/aws/lambda/" + function.name(),
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "local/[1]" + initializationType,
                "AWS_EXECUTION_ENV",
                "AWS_Lambda_java25",
                "_HANDLER",
                function.handler());
    }
}
