package dev.parley.infra.observability;

import dev.parley.catalog.Severity;
import dev.parley.infra.experiment.FailoverExperiment;
import dev.parley.infra.phase.Parameters;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** Alarms, dashboard and saved queries of the system in one Region. It can be deployed, and taken away, without the system. */
public final class ObservabilityStack extends Stack {

    /**
     * Adds the stack.
     *
     * @param region where the system is
     * @param key the Region's key, which CloudWatch may use
     */
    public ObservabilityStack(
            Construct scope, String id, Parameters parameters, String region, ObservedSystem observed, IKey key) {
        super(
                scope,
                id,
                StackProps.builder()
                        .env(Environment.builder().region(region).build())
                        .description("Parley: alarms, dashboard and queries")
                        .build());
        ObservedSystem system = observed.lookedUpBy(this);
        // By its ARN, so that nothing here can change the policy of a key that another stack owns.
        IKey imported = Key.fromKeyArn(this, "Key", key.getKeyArn());
        AlertTopics topics = new AlertTopics(this, "Topics", system.deployment(), imported, parameters.alarmEmail());
        Signals signals = new Signals(system);
        AlertAlarms alarms = new AlertAlarms(this, "Alarms", system, signals, topics, parameters.runbooks());
        new OverviewDashboard(this, "Overview", system, signals, alarms, parameters.runbooks());
        new SavedQueries(this, "Queries", system.naming());
        if (system.place().home() && system.profile().database().readers() > 0) {
            new FailoverExperiment(this, "DatabaseFailover", system.deployment(), alarms.failing());
        }
        for (Severity severity : Severity.values()) {
            CfnOutput.Builder.create(this, severity.title() + "Topic")
                    .description("SNS topic of alarms of severity " + severity.title() + "; subscribe to hear of them")
                    .value(topics.of(severity).getTopicArn())
                    .build();
        }
    }
}
