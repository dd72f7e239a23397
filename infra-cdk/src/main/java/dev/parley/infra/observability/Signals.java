package dev.parley.infra.observability;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.Service;
import dev.parley.catalog.Signal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** How CloudWatch computes every signal of the alert table that is measured in the system's own Region. */
final class Signals {

    /**
     * What only the home Region has: the outbox is looked after there, and all functions reach the database through its proxy.
     * In the other Region their alarms would wait for data for ever.
     */
    private static final Set<Signal> OF_HOME =
            Set.of(Signal.OUTBOX_AGE, Signal.DATABASE_CONNECTIONS, Signal.QUERY_TIME);

    private final Map<Service, ServiceSignals> services;

    Signals(ObservedSystem system) {
        SystemMetrics metrics = new SystemMetrics(system);
        services = Map.of(
                Service.API, new ApiSignals(metrics),
                Service.GATEWAY, new GatewaySignals(system, metrics),
                Service.FANOUT, new FanoutSignals(system, metrics),
                Service.DATABASE, new DatabaseSignals(system, metrics),
                Service.CACHE, new CacheSignals(system, metrics));
    }

    /**
     * The rules whose alarms are in the system's own Region: all but those of Route 53's health checks, whose metrics are in
     * us-east-1 wherever the system is (Route 53 developer guide, "Monitoring health checks using CloudWatch").
     */
    static List<AlertRule> rules() {
        return Alerts.all().stream()
                .filter(rule -> rule.signal() != Signal.HEALTH)
                .toList();
    }

    /** Those of them that have alarms for a system: all in the home Region, and all but what only that has in the other. */
    static List<AlertRule> rules(ObservedSystem system) {
        return rules().stream()
                .filter(rule -> system.place().home() || !OF_HOME.contains(rule.signal()))
                .toList();
    }

    /** What a rule compares with its threshold: one metric, or one for each part of a service that is judged on its own. */
    List<? extends IMetric> of(Service service, Signal signal) {
        ServiceSignals signals = services.get(service);
        if (signals == null) {
            throw ServiceSignals.unknown(service.title(), signal);
        }
        return signals.of(signal);
    }
}
