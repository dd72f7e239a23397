package dev.parley.infra.edge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.wafv2.CfnLoggingConfiguration;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.constructs.Construct;

/**
 * AWS WAF at the edge.
 *
 * <p>The managed rules are made for web sites, where nobody writes markup, paths or queries into a form. In a chat people do,
 * and their messages are data wherever they go: SQL has parameters, JSON has an encoder, and nothing is rendered. So every
 * rule that looks for attacks in a body or in a query's values only counts; the rules about paths, headers, cookies and where
 * a request comes from block. There is no rule group about SQL, which would have nothing left.
 */
final class WebFirewall extends Construct {

    /**
     * Requests of one address in five minutes. A bot may send 50 a second (Discord documentation, "Rate Limits"), 15,000 in
     * five minutes, and several share a host's address; the functions' own limits are per user. This is for floods only.
     */
    static final int REQUESTS = 60_000;

    /**
     * New gateway connections of one address in five minutes. API Gateway takes 500 a second in a whole account (quota
     * L-9ED1E49A), so that one address could keep everybody else out; a bot's thousand shards, or an office, reconnect below
     * this.
     */
    static final int CONNECTIONS = 3_000;

    private static final int WINDOW_SECONDS = 300;
    private static final String LIMITED = "Limited";

    /** What Discord's API answers, so that clients wait and come back. */
    private static final String LIMITED_BODY =
            "{\"message\":\"You are being rate limited.\",\"retry_after\":60.0,\"global\":true}";

    /**
     * Rules of the common set that only count: they read what people write, or would refuse what clients do. WebSocket
     * libraries send no User-Agent; a file may be called {@code debug.log}; a search may be longer than 2 KB once Korean
     * is percent-encoded; a message with files has 10 MB.
     */
    static final List<String> COMMON_COUNTED = List.of(
            "NoUserAgent_HEADER",
            "SizeRestrictions_QUERYSTRING",
            "SizeRestrictions_BODY",
            "EC2MetaDataSSRF_BODY",
            "EC2MetaDataSSRF_QUERYARGUMENTS",
            "GenericLFI_QUERYARGUMENTS",
            "GenericLFI_BODY",
            "RestrictedExtensions_URIPATH",
            "RestrictedExtensions_QUERYARGUMENTS",
            "GenericRFI_QUERYARGUMENTS",
            "GenericRFI_BODY",
            "CrossSiteScripting_QUERYARGUMENTS",
            "CrossSiteScripting_BODY");

    /** Rules of the known bad inputs that only count: developers write about them too. */
    static final List<String> BAD_INPUTS_COUNTED = List.of(
            "JavaDeserializationRCE_BODY",
            "JavaDeserializationRCE_QUERYSTRING",
            "Log4JRCE_BODY",
            "Log4JRCE_QUERYSTRING");

    private final String deployment;
    private final CfnWebACL acl;

    WebFirewall(Construct scope, String id, String deployment) {
        super(scope, id);
        this.deployment = deployment;
        acl = CfnWebACL.Builder.create(this, "Acl")
                .name(deployment + "-edge")
                .description("What the edge of Parley refuses")
                .scope("CLOUDFRONT")
                .defaultAction(CfnWebACL.DefaultActionProperty.builder()
                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                        .build())
                .customResponseBodies(Map.of(
                        LIMITED,
                        CfnWebACL.CustomResponseBodyProperty.builder()
                                .contentType("APPLICATION_JSON")
                                .content(LIMITED_BODY)
                                .build()))
                .rules(List.of(
                        managed("IpReputation", 0, "AWSManagedRulesAmazonIpReputationList", List.of()),
                        connections(1),
                        limit("Requests", 2, REQUESTS, null),
                        managed("KnownBadInputs", 3, "AWSManagedRulesKnownBadInputsRuleSet", BAD_INPUTS_COUNTED),
                        managed("Common", 4, "AWSManagedRulesCommonRuleSet", COMMON_COUNTED)))
                .visibilityConfig(visibility("Edge"))
                .build();
        logRefusals();
    }

    String arn() {
        return acl.getAttrArn();
    }

    private CfnWebACL.RuleProperty managed(String name, int priority, String group, List<String> counted) {
        return CfnWebACL.RuleProperty.builder()
                .name(name)
                .priority(priority)
                .overrideAction(CfnWebACL.OverrideActionProperty.builder()
                        .none(Map.of())
                        .build())
                .statement(CfnWebACL.StatementProperty.builder()
                        .managedRuleGroupStatement(CfnWebACL.ManagedRuleGroupStatementProperty.builder()
                                .vendorName("AWS")
                                .name(group)
                                .ruleActionOverrides(counted.stream()
                                        .map(WebFirewall::counting)
                                        .toList())
                                .build())
                        .build())
                .visibilityConfig(visibility(name))
                .build();
    }

    private static CfnWebACL.RuleActionOverrideProperty counting(String rule) {
        return CfnWebACL.RuleActionOverrideProperty.builder()
                .name(rule)
                .actionToUse(CfnWebACL.RuleActionProperty.builder()
                        .count(CfnWebACL.CountActionProperty.builder().build())
                        .build())
                .build();
    }

    private CfnWebACL.RuleProperty connections(int priority) {
        CfnWebACL.StatementProperty gateway = CfnWebACL.StatementProperty.builder()
                .byteMatchStatement(CfnWebACL.ByteMatchStatementProperty.builder()
                        .fieldToMatch(CfnWebACL.FieldToMatchProperty.builder()
                                .uriPath(Map.of())
                                .build())
                        .positionalConstraint("STARTS_WITH")
                        .searchString("/" + EdgeAddresses.GATEWAY_PATH)
                        .textTransformations(List.of(CfnWebACL.TextTransformationProperty.builder()
                                .priority(0)
                                .type("NONE")
                                .build()))
                        .build())
                .build();
        return limit("Connections", priority, CONNECTIONS, gateway);
    }

    private CfnWebACL.RuleProperty limit(
            String name, int priority, int requests, CfnWebACL.@Nullable StatementProperty which) {
        return CfnWebACL.RuleProperty.builder()
                .name(name)
                .priority(priority)
                .action(CfnWebACL.RuleActionProperty.builder()
                        .block(CfnWebACL.BlockActionProperty.builder()
                                .customResponse(CfnWebACL.CustomResponseProperty.builder()
                                        .responseCode(429)
                                        .customResponseBodyKey(LIMITED)
                                        .responseHeaders(List.of(CfnWebACL.CustomHTTPHeaderProperty.builder()
                                                .name("retry-after")
                                                .value("60")
                                                .build()))
                                        .build())
                                .build())
                        .build())
                .statement(CfnWebACL.StatementProperty.builder()
                        .rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
                                .aggregateKeyType("IP")
                                .limit(requests)
                                .evaluationWindowSec(WINDOW_SECONDS)
                                .scopeDownStatement(which)
                                .build())
                        .build())
                .visibilityConfig(visibility(name))
                .build();
    }

    /** Counts, but keeps no samples: they show headers, and so tokens, to whoever looks at the console. */
    private CfnWebACL.VisibilityConfigProperty visibility(String name) {
        return CfnWebACL.VisibilityConfigProperty.builder()
                .metricName(deployment + "Edge" + name)
                .cloudWatchMetricsEnabled(true)
                .sampledRequestsEnabled(false)
                .build();
    }

    /**
     * Logs what is refused, without what could hold a credential: the token of a user is a header, the one of a webhook is
     * in the path, and the signature of a file in the query.
     */
    private void logRefusals() {
        LogGroup log = LogGroup.Builder.create(this, "Log")
                // AWS WAF takes no other beginning (AWS WAF developer guide, "Sending web ACL traffic logs to
                // CloudWatch").
                .logGroupName("aws-waf-logs-" + deployment + "-edge")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        CfnLoggingConfiguration.Builder.create(this, "Logging")
                .resourceArn(acl.getAttrArn())
                .logDestinationConfigs(List.of(withoutStar(log)))
                .redactedFields(List.of(
                        redacted().singleHeader(Map.of("Name", "authorization")).build(),
                        redacted().singleHeader(Map.of("Name", "cookie")).build(),
                        redacted().queryString(Map.of()).build(),
                        redacted().uriPath(Map.of()).build()))
                .loggingFilter(Map.of(
                        "DefaultBehavior",
                        "DROP",
                        "Filters",
                        List.of(Map.of(
                                "Behavior",
                                "KEEP",
                                "Requirement",
                                "MEETS_ANY",
                                "Conditions",
                                List.of(Map.of("ActionCondition", Map.of("Action", "BLOCK")))))))
                .build();
    }

    private static CfnLoggingConfiguration.FieldToMatchProperty.Builder redacted() {
        return CfnLoggingConfiguration.FieldToMatchProperty.builder();
    }

    /** The log group's ARN as AWS WAF takes it: CloudFormation's own ends in {@code :*}. */
    private String withoutStar(LogGroup log) {
        return Stack.of(this)
                .formatArn(ArnComponents.builder()
                        .service("logs")
                        .resource("log-group")
                        .resourceName(log.getLogGroupName())
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }
}
