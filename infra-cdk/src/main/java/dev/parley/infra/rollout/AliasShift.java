package dev.parley.infra.rollout;

import software.amazon.awscdk.services.lambda.Alias;

/** How an alias gets from one version of its function to the next. */
public interface AliasShift {

    /** All invocations go to the new version as soon as CloudFormation changes the alias; only a failed deployment takes it back. */
    AliasShift AT_ONCE = alias -> {};

    /** Has an alias moved this way from now on. Its creation is not a move: there is no version to come from. */
    void apply(Alias alias);
}
