package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.constructs.Construct;

/**
 * The functions of one stack. Each has a published version with a SnapStart snapshot behind the alias {@code live}, and only the alias
 * is ever invoked: SnapStart does not serve {@code $LATEST}.
 */
final class ParleyFunctions extends Construct {

    private final FunctionPlatform platform;
    private final FunctionGroup group;
    private final Code code;
    private final Map<FunctionSpec, Function> functions = new LinkedHashMap<>();
    private final Map<FunctionSpec, Alias> aliases = new LinkedHashMap<>();

    /**
     * Some of the functions.
     *
     * @param group which, and what they share
     */
    ParleyFunctions(Construct scope, String id, FunctionGroup group, FunctionPlatform platform) {
        super(scope, id);
        this.platform = platform;
        this.group = group;
        // CDK wants one of these for each stack; the file is uploaded once.
        code = Code.fromAsset(platform.code().toString());
        for (FunctionSpec spec : group.specs()) {
            Function function = create(spec);
            functions.put(spec, function);
            aliases.put(spec, alias(spec, function));
        }
    }

    /** What to invoke for a function of the catalog. */
    Alias alias(FunctionSpec spec) {
        return Objects.requireNonNull(aliases.get(spec), spec.name());
    }

    /** What an API invokes for a function of the catalog. */
    IFunction invoked(FunctionSpec spec) {
        return platform.place().invoked(function(spec), alias(spec));
    }

    /** The function itself, whose newest version its alias may not show yet. */
    Function function(FunctionSpec spec) {
        return Objects.requireNonNull(functions.get(spec), spec.name());
    }

    private Function create(FunctionSpec spec) {
        Function.Builder builder = Function.Builder.create(this, spec.name())
                .functionName(platform.naming().function(spec))
                .description(spec.handler())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .code(code)
                .handler(spec.handler())
                .memorySize(spec.memoryMb())
                .timeout(Duration.seconds(spec.timeout().toSeconds()))
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .environment(platform.environment().of(spec))
                .role(platform.roles().of(spec))
                .tracing(Tracing.ACTIVE)
                .logGroup(platform.logs().of(group.part()))
                .loggingFormat(LoggingFormat.JSON)
                .applicationLogLevelV2(ApplicationLogLevel.INFO)
                .systemLogLevelV2(SystemLogLevel.INFO);
        platform.place().place(builder, spec);
        int reserved = group.reserved(spec);
        if (reserved > 0) {
            builder.reservedConcurrentExecutions(reserved);
        }
        Function function = builder.build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias invokes a published version only");
        return function;
    }

    private Alias alias(FunctionSpec spec, Function function) {
        Alias alias = Alias.Builder.create(this, spec.name() + "Live")
                .aliasName(Naming.ALIAS)
                .version(function.getCurrentVersion())
                .build();
        if (!spec.equals(Routes.MIGRATE)) {
            // Nobody's traffic moves with the migration: a deployment runs the new version itself.
            platform.shift().apply(alias);
        }
        if (spec.equals(Routes.HELLO)) {
            // No dead-letter queue: nobody could do anything with a HELLO of yesterday. A client that has waited longer
            // for its HELLO is gone.
            alias.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                    .maxEventAge(Duration.minutes(1))
                    .retryAttempts(1)
                    .build());
        }
        return alias;
    }
}
