package dev.parley.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.constructs.IConstruct;

/**
 * A finding of cdk-nag that is accepted, and why. It stands beside the construct that causes it.
 *
 * @param rule the rule's id, for example {@code AwsSolutions-RDS11}
 * @param reason why what the rule asks for is not done; cdk-nag writes it into its report
 * @param pattern the findings meant, as a JavaScript regular expression without slashes, for rules that report several
 *     of one construct; null means all
 */
public record AcceptedFinding(
        String rule, String reason, @Nullable String pattern) {

    /** Accepts all findings of a rule. */
    public static AcceptedFinding of(String rule, String reason) {
        return new AcceptedFinding(rule, reason, null);
    }

    /** Records it for a construct and everything inside. */
    public void in(IConstruct construct) {
        NagPackSuppression.Builder suppression =
                NagPackSuppression.builder().id(rule).reason(reason);
        if (pattern != null) {
            suppression.appliesTo(
                    List.of(RegexAppliesTo.builder().regex("/" + pattern + "/").build()));
        }
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression.build()), true);
    }
}
