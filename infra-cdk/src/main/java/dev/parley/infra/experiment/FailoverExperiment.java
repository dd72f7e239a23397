package dev.parley.infra.experiment;

import dev.parley.infra.AcceptedFinding;
import dev.parley.infra.phase.ClusterSpec;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.fis.CfnExperimentTemplate;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.ServicePrincipalOpts;
import software.constructs.Construct;

/**
 * An experiment for AWS Fault Injection Service: fails the deployment's database cluster {@code zero}, which has the directory and so
 * is needed for everything, over to a reader, and watches for a while whether users notice. Somebody starts it; it costs nothing until then. It does not start while the alarm is on, and ends as
 * stopped, which is failed, when the alarm goes on. A failover cannot be taken back: stopping ends the watch and nothing else.
 */
public final class FailoverExperiment extends Construct {

    /** Longer than the alarm needs to go on. */
    private static final String WATCH = "PT10M";

    private static final String TAG = "parley:deployment";

    /**
     * Adds the experiment.
     *
     * @param deployment whose cluster it is for, by its tags
     * @param failing the alarm that says that users notice; in the same Region
     */
    public FailoverExperiment(Construct scope, String id, String deployment, IAlarm failing) {
        super(scope, id);
        CfnExperimentTemplate template = CfnExperimentTemplate.Builder.create(this, "Template")
                .description(
                        "Fails the database cluster " + ClusterSpec.ZERO + " of " + deployment + " over to a reader")
                .roleArn(role(deployment).getRoleArn())
                .stopConditions(List.of(CfnExperimentTemplate.ExperimentTemplateStopConditionProperty.builder()
                        .source("aws:cloudwatch:alarm")
                        .value(failing.getAlarmArn())
                        .build()))
                .targets(Map.of(
                        "Cluster",
                        CfnExperimentTemplate.ExperimentTemplateTargetProperty.builder()
                                .resourceType("aws:rds:cluster")
                                .resourceTags(Map.of(TAG, deployment, ClusterSpec.TAG, ClusterSpec.ZERO))
                                .selectionMode("ALL")
                                .build()))
                .actions(Map.of(
                        "Failover",
                        CfnExperimentTemplate.ExperimentTemplateActionProperty.builder()
                                .actionId("aws:rds:failover-db-cluster")
                                .targets(Map.of("Clusters", "Cluster"))
                                .build(),
                        "Watch",
                        CfnExperimentTemplate.ExperimentTemplateActionProperty.builder()
                                .actionId("aws:fis:wait")
                                .parameters(Map.of("duration", WATCH))
                                .startAfter(List.of("Failover"))
                                .build()))
                .experimentOptions(CfnExperimentTemplate.ExperimentTemplateExperimentOptionsProperty.builder()
                        .accountTargeting("single-account")
                        .emptyTargetResolutionMode("fail")
                        .build())
                .tags(Map.of("Name", deployment + "-database-failover"))
                .build();
        CfnOutput.Builder.create(this, "Id")
                .description("Experiment that fails the database over; start it with aws fis start-experiment")
                .value(template.getAttrId())
                .build();
    }

    /** What AWS's own policy for RDS experiments allows, AWSFaultInjectionSimulatorRDSAccess, without reboots and other clusters. */
    private Role role(String deployment) {
        Role role = Role.Builder.create(this, "Role")
                .description("Fault Injection Service: fails the database of " + deployment + " over")
                .assumedBy(new ServicePrincipal(
                        "fis.amazonaws.com",
                        ServicePrincipalOpts.builder()
                                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                                .build()))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("rds:FailoverDBCluster"))
                .resources(List.of("arn:" + Aws.PARTITION + ":rds:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":cluster:*"))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of(
                                "aws:ResourceTag/" + TAG,
                                deployment,
                                "aws:ResourceTag/" + ClusterSpec.TAG,
                                ClusterSpec.ZERO)))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("rds:DescribeDBClusters", "rds:DescribeDBInstances", "tag:GetResources"))
                .resources(List.of("*"))
                .build());
        new AcceptedFinding(
                        "AwsSolutions-IAM5",
                        "Clusters are found by their tag, which listing cannot be limited to; failing over is limited to it",
                        "^Resource::.*\\*$")
                .in(role);
        return role;
    }
}
