package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import java.util.Map;

/** The environment variables of the functions. */
interface FunctionVariables {

    /** The variables of one function. */
    Map<String, String> of(FunctionSpec function);
}
