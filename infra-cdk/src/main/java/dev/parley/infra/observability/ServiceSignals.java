package dev.parley.infra.observability;

import dev.parley.catalog.Signal;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** How CloudWatch computes the signals of one service. */
interface ServiceSignals {

    /**
     * The metrics that are a signal, in its unit. Several, where one formula would have more metrics than an alarm takes; then
     * each is judged on its own.
     *
     * @throws IllegalArgumentException if the service has no such signal
     */
    List<? extends IMetric> of(Signal signal);

    /** The answer to a signal that a service does not have. */
    static IllegalArgumentException unknown(String service, Signal signal) {
        return new IllegalArgumentException(
                "CloudWatch has no expression for " + signal + " of " + service + "; add it where its metrics are");
    }
}
