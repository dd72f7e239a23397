package dev.parley.infra;

import dev.parley.infra.phase.PhaseProfile.FunctionLimits;
import dev.parley.infra.region.RegionPlace;
import dev.parley.infra.rollout.AliasShift;
import java.nio.file.Path;

/**
 * What every function stands on, whichever stack it is in.
 *
 * @param naming the names of the deployment
 * @param region which of the Regions it is
 * @param code the package that has all handlers
 * @param place where functions run
 * @param roles the roles that they run with
 * @param environment their variables
 * @param logs where they log
 * @param shift how they get to a new version
 * @param limits how many of them run at once
 */
record FunctionPlatform(
        Naming naming,
        RegionPlace region,
        Path code,
        FunctionPlace place,
        FunctionRoles roles,
        FunctionVariables environment,
        FunctionLogs logs,
        AliasShift shift,
        FunctionLimits limits) {}
