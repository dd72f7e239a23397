package dev.parley.infra;

import dev.parley.catalog.ScheduleSpec;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/**
 * Schedules of the catalog, in EventBridge Scheduler. A run that fails is not repeated, and leaves no dead letter: the next one
 * comes soon and does the same work. That takes two settings, since Scheduler hands the event over and Lambda, which would try it
 * twice more, keeps it for six hours (Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation").
 */
final class TimedFunctions extends Construct {

    /** How long an event may wait for its function, in Scheduler and in Lambda: 60 s is the shortest that both take. */
    private static final int EVENT_AGE_SECONDS = 60;

    /** @param schedules those that run in this Region */
    TimedFunctions(Construct scope, String id, Naming naming, List<ScheduleSpec> schedules, ParleyFunctions functions) {
        super(scope, id);
        Role invoker = Role.Builder.create(this, "Invoker")
                .description("EventBridge Scheduler: invokes the functions that run by the clock")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("scheduler.amazonaws.com"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
                .build();
        for (ScheduleSpec spec : schedules) {
            Alias alias = functions.alias(spec.function());
            alias.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                    .maxEventAge(Duration.seconds(EVENT_AGE_SECONDS))
                    .retryAttempts(0)
                    .build());
            String target = alias.getFunctionArn();
            invoker.addToPolicy(PolicyStatement.Builder.create()
                    .actions(List.of("lambda:InvokeFunction"))
                    .resources(List.of(target))
                    .build());
            for (int slice = 0; slice < spec.slices(); slice++) {
                CfnSchedule.TargetProperty.Builder scheduled = CfnSchedule.TargetProperty.builder()
                        .arn(target)
                        .roleArn(invoker.getRoleArn())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(EVENT_AGE_SECONDS)
                                .build());
                String suffix = "";
                if (spec.slices() > 1) {
                    suffix = "-" + slice;
                    scheduled.input("{\"slice\":" + slice + ",\"slices\":" + spec.slices() + "}");
                }
                CfnSchedule.Builder.create(this, spec.name() + suffix)
                        .name(naming.schedule(spec) + suffix)
                        .scheduleExpression(rate(spec))
                        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                                .mode("OFF")
                                .build())
                        .target(scheduled.build())
                        .build();
            }
        }
    }

    private static String rate(ScheduleSpec spec) {
        long minutes = spec.rate().toMinutes();
        return "rate(" + minutes + (minutes == 1 ? " minute)" : " minutes)");
    }
}
