package dev.parley.infra;

import java.nio.file.Path;

/**
 * What every function stands on, whichever stack it is in.
 *
 * @param naming the names of the deployment
 * @param code the package that has all handlers
 * @param network where functions run
 * @param roles the roles that they run with
 * @param environment their variables
 */
record FunctionPlatform(
        Naming naming, Path code, NetworkStack network, FunctionRoles roles, FunctionEnvironment environment) {}
