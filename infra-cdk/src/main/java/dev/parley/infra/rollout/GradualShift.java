package dev.parley.infra.rollout;

import dev.parley.infra.AcceptedFinding;
import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCodeDeployLambdaAliasUpdate;
import software.amazon.awscdk.CfnUpdatePolicy;
import software.amazon.awscdk.services.codedeploy.CfnApplication;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnAlias;
import software.constructs.Construct;

/**
 * CodeDeploy moves aliases: a tenth of the invocations goes to the new version for some minutes, then all. An alarm meanwhile, or a
 * failure, gives all back to the old version and fails the deployment, so that CloudFormation takes everything else back too.
 *
 * <p>One application and one role serve all functions; each function has a deployment group. CodeDeploy takes 1,000 groups an application
 * and 1,300 deployments at once an account, and raises both (CodeDeploy user guide, "CodeDeploy quotas"). What is scarce is
 * Lambda's own interface with 15 calls a second (Lambda quotas, "Rate of control plane API requests"), which is why {@code ParleyStack}
 * deploys in waves.
 */
public final class GradualShift extends Construct implements AliasShift {

    private final String configuration;
    private final CfnApplication application;
    private final Role role;
    private final RollbackAlarms alarms;

    /**
     * A shift for the functions of a deployment.
     *
     * @param deployment the prefix of the functions' names
     * @param minutes how long the new version has a tenth: 5, 10, 15 or 30
     * @param alarms what takes the new version back
     */
    public GradualShift(Construct scope, String id, String deployment, int minutes, RollbackAlarms alarms) {
        super(scope, id);
        this.alarms = alarms;
        configuration = "CodeDeployDefault.LambdaCanary10Percent" + minutes + "Minutes";
        application = CfnApplication.Builder.create(this, "Application")
                .applicationName(deployment)
                .computePlatform("Lambda")
                .build();
        role = role(deployment);
    }

    @Override
    public void apply(Alias alias) {
        if (!(alias.getNode().getDefaultChild() instanceof CfnAlias resource)) {
            throw new IllegalStateException(alias.getNode().getPath() + " has no CloudFormation resource of its own");
        }
        CfnDeploymentGroup group = CfnDeploymentGroup.Builder.create(alias, "Shift")
                .applicationName(application.getRef())
                .serviceRoleArn(role.getRoleArn())
                .deploymentConfigName(configuration)
                .deploymentStyle(CfnDeploymentGroup.DeploymentStyleProperty.builder()
                        .deploymentType("BLUE_GREEN")
                        .deploymentOption("WITH_TRAFFIC_CONTROL")
                        .build())
                .autoRollbackConfiguration(CfnDeploymentGroup.AutoRollbackConfigurationProperty.builder()
                        .enabled(true)
                        .events(List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"))
                        .build())
                .alarmConfiguration(CfnDeploymentGroup.AlarmConfigurationProperty.builder()
                        .enabled(true)
                        .ignorePollAlarmFailure(false)
                        .alarms(alarms.names().stream()
                                .map(name -> CfnDeploymentGroup.AlarmProperty.builder()
                                        .name(name)
                                        .build())
                                .toList())
                        .build())
                .build();
        resource.getCfnOptions()
                .setUpdatePolicy(CfnUpdatePolicy.builder()
                        .codeDeployLambdaAliasUpdate(CfnCodeDeployLambdaAliasUpdate.builder()
                                .applicationName(application.getRef())
                                .deploymentGroupName(group.getRef())
                                .build())
                        .build());
    }

    /** What CodeDeploy's managed policy for Lambda allows, without its hooks, topics and buckets, for these functions only. */
    private Role role(String deployment) {
        Role created = Role.Builder.create(this, "Role")
                .description("CodeDeploy: moves the aliases of the functions")
                .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
                .build();
        created.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("lambda:GetAlias", "lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig"))
                .resources(List.of("arn:" + Aws.PARTITION + ":lambda:" + Aws.REGION + ":" + Aws.ACCOUNT_ID
                        + ":function:" + deployment + "-*"))
                .build());
        created.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("cloudwatch:DescribeAlarms"))
                .resources(List.of("*"))
                .build());
        new AcceptedFinding(
                        "AwsSolutions-IAM5",
                        "The functions of this deployment have names below one prefix; CodeDeploy moves all of them",
                        "^Resource::.*:function:" + deployment + "-\\*$")
                .in(created);
        new AcceptedFinding(
                        "AwsSolutions-IAM5",
                        "CodeDeploy asks for alarms by name in one call, which IAM cannot restrict to some of them",
                        "^Resource::\\*$")
                .in(created);
        return created;
    }
}
