package dev.parley.infra.command;

import dev.parley.infra.doctor.Check;
import dev.parley.infra.doctor.Finding;
import dev.parley.infra.doctor.State;
import dev.parley.infra.scale.AwsQuota;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Looks at credentials, and where there are some, at the account's quotas and bootstrap in a Region. It changes nothing. */
final class AwsCheck implements Check {

    private static final String NONE = "";

    private final @Nullable String region;

    /** A check of the Region, or with null of that which the environment names. */
    AwsCheck(@Nullable String region) {
        this.region = region;
    }

    @Override
    public String name() {
        return "AWS credentials";
    }

    @Override
    public String neededFor() {
        return "./parley deploy, diff and destroy";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        Optional<String> chosen = region == null ? AwsAccount.region() : Optional.of(region);
        if (chosen.isEmpty()) {
            return List.of(finding(
                    name(),
                    State.MISSING,
                    NONE,
                    neededFor(),
                    "No Region is known, and perhaps there are no credentials either: set AWS_REGION, or say --region;"
                            + " sign in with 'aws sso login' or 'aws configure'."));
        }
        AwsAccount account;
        try {
            account = AwsAccount.of(chosen.get(), null);
        } catch (CommandException e) {
            return List.of(finding(name(), State.MISSING, NONE, neededFor(), String.valueOf(e.getMessage())));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(finding(name(), State.OK, account.id() + " in " + chosen.get(), neededFor(), NONE));
        findings.add(bootstrap(account, chosen.get()));
        try (ServiceQuotas quotas = new ServiceQuotas(
                URI.create("https://servicequotas." + chosen.get() + ".amazonaws.com"),
                chosen.get(),
                DefaultCredentialsProvider.builder().build())) {
            for (AwsQuota quota : AwsQuota.values()) {
                if (quota.code().isPresent()) {
                    findings.add(quota(quota, quota.code().get(), quotas));
                }
            }
        }
        return findings;
    }

    private static Finding bootstrap(AwsAccount account, String region) {
        String needed = "./parley deploy";
        try {
            int version = account.bootstrapVersion(region);
            return version == 0
                    ? finding(
                            "CDK bootstrap",
                            State.MISSING,
                            NONE,
                            needed,
                            "Say ./parley deploy --bootstrap the first time.")
                    : finding("CDK bootstrap", State.OK, Integer.toString(version), needed, NONE);
        } catch (CommandException e) {
            return finding("CDK bootstrap", State.UNKNOWN, NONE, needed, String.valueOf(e.getMessage()));
        }
    }

    /** What AWS gives an account that has not asked is what {@code docs/scaling.md} reckons with; new accounts have less. */
    static Finding quota(AwsQuota quota, AwsQuota.Code code, ServiceQuotas quotas) throws InterruptedException {
        String name = "quota " + code.quota();
        OptionalDouble value;
        try {
            value = quotas.value(code);
        } catch (CommandException e) {
            return finding(name, State.UNKNOWN, NONE, quota.what(), String.valueOf(e.getMessage()));
        }
        if (value.isEmpty()) {
            return finding(name, State.UNKNOWN, NONE, quota.what(), "The account has no value of its own for it.");
        }
        boolean less = value.getAsDouble() < quota.value();
        return finding(
                name,
                less ? State.TOO_LITTLE : State.OK,
                String.format(Locale.ROOT, "%,.0f", value.getAsDouble()),
                quota.what() + "; docs/scaling.md reckons with " + String.format(Locale.ROOT, "%,d", quota.value()),
                less
                        ? "aws service-quotas request-service-quota-increase --service-code " + code.service()
                                + " --quota-code " + code.quota() + " --desired-value " + quota.value()
                        : NONE);
    }

    private static Finding finding(String name, State state, String found, String neededFor, String next) {
        return new Finding(name, state, found, neededFor, next, false);
    }
}
