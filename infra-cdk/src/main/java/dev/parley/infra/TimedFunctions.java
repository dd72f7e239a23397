package dev.parley.infra;

import dev.parley.catalog.ScheduleSpec;
import dev.parley.catalog.Schedules;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/**
 * The schedules that the catalog lists, in EventBridge Scheduler. A run that fails is not repeated: the next one comes
 * soon and does the same work.
 */
final class TimedFunctions extends Construct {

    TimedFunctions(Construct scope, String id, Naming naming, ParleyFunctions functions) {
        super(scope, id);
        Role invoker = Role.Builder.create(this, "Invoker")
                .description("EventBridge Scheduler: invokes the functions that run by the clock")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("scheduler.amazonaws.com"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
                .build();
        for (ScheduleSpec spec : Schedules.all()) {
            String target = functions.alias(spec.function()).getFunctionArn();
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
                                .maximumEventAgeInSeconds(60)
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
