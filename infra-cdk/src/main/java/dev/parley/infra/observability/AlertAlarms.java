package dev.parley.infra.observability;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.MissingData;
import dev.parley.catalog.Service;
import dev.parley.catalog.Severity;
import dev.parley.catalog.Signal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/**
 * The alarms of the alert table, and for every service a composite of its critical ones.
 *
 * <p>A rule's alarm has the rule's id after the deployment's name. Where its signal has several parts that are judged on their
 * own (database clusters, more nodes than a formula may have), the others have {@code -2}, {@code -3} … behind; which part is
 * which stays as it is when a part is added.
 *
 * <p>Every alarm notifies the topic of its severity. Composites notify nobody: their message would name neither the rule nor its
 * runbook, and a second and different failure of a service would be silent while the first one lasts. They are what deployments
 * and dashboards ask whether a service is well.
 */
final class AlertAlarms extends Construct {

    private final Map<Service, List<IAlarm>> alarms = new EnumMap<>(Service.class);
    private final Map<Service, CompositeAlarm> composites = new EnumMap<>(Service.class);
    private final String deployment;
    private final Signals signals;
    private final AlertTopics topics;
    private final String runbooks;

    /** @param runbooks what the names of runbooks are relative to, with a slash at its end */
    AlertAlarms(
            Construct scope, String id, ObservedSystem system, Signals signals, AlertTopics topics, String runbooks) {
        super(scope, id);
        this.deployment = system.deployment();
        this.signals = signals;
        this.topics = topics;
        this.runbooks = runbooks;
        Map<Service, List<IAlarm>> critical = new EnumMap<>(Service.class);
        for (AlertRule rule : Signals.rules(system)) {
            List<IAlarm> made = alarms(rule);
            alarms.computeIfAbsent(rule.service(), service -> new ArrayList<>()).addAll(made);
            if (rule.severity() == Severity.CRITICAL) {
                critical.computeIfAbsent(rule.service(), service -> new ArrayList<>())
                        .addAll(made);
            }
        }
        critical.forEach((service, made) -> composites.put(service, composite(service, made)));
    }

    /** The alarms of a service, in the order of the table. */
    List<IAlarm> of(Service service) {
        return List.copyOf(alarms.getOrDefault(service, List.of()));
    }

    /** The alarm that says that users notice: the critical one of the API's errors. */
    IAlarm failing() {
        AlertRule rule = Alerts.all().stream()
                .filter(one -> one.service() == Service.API
                        && one.signal() == Signal.ERROR_RATE
                        && one.severity() == Severity.CRITICAL)
                .findFirst()
                .orElseThrow();
        return (IAlarm) getNode().findChild(rule.id());
    }

    /** The composites, one for each service. */
    List<IAlarm> composites() {
        return List.copyOf(composites.values());
    }

    private List<IAlarm> alarms(AlertRule rule) {
        List<? extends IMetric> parts = signals.of(rule.service(), rule.signal());
        List<IAlarm> made = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            made.add(alarm(rule, rule.id() + (part == 0 ? "" : "-" + (part + 1)), parts.get(part)));
        }
        return made;
    }

    private Alarm alarm(AlertRule rule, String name, IMetric metric) {
        AlarmTiming timing = AlarmTiming.of(rule);
        Alarm alarm = Alarm.Builder.create(this, name)
                .alarmName(deployment + "-" + name)
                .alarmDescription(description(rule))
                .metric(metric)
                .threshold(rule.threshold())
                .comparisonOperator(
                        rule.comparison() == AlertRule.Comparison.ABOVE
                                ? ComparisonOperator.GREATER_THAN_THRESHOLD
                                : ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(timing.periods())
                .datapointsToAlarm(timing.periods())
                .treatMissingData(treatment(rule.missing()))
                .build();
        SnsAction topic = new SnsAction(topics.of(rule.severity()));
        alarm.addAlarmAction(topic);
        alarm.addOkAction(topic);
        return alarm;
    }

    private String description(AlertRule rule) {
        return rule.signal().description() + " "
                + (rule.comparison() == AlertRule.Comparison.ABOVE ? "above " : "below ")
                + BigDecimal.valueOf(rule.threshold()).stripTrailingZeros().toPlainString()
                + (rule.signal().unit().isEmpty() ? "" : " " + rule.signal().unit()) + " for "
                + rule.holds().toMinutes() + " min. Runbook: " + runbooks + rule.runbook() + ".md";
    }

    private static TreatMissingData treatment(MissingData missing) {
        return switch (missing) {
            case FINE -> TreatMissingData.NOT_BREACHING;
            case BAD -> TreatMissingData.BREACHING;
            case UNKNOWN -> TreatMissingData.IGNORE;
        };
    }

    private CompositeAlarm composite(Service service, List<IAlarm> critical) {
        return CompositeAlarm.Builder.create(this, service.title())
                .compositeAlarmName(deployment + "-" + service.title())
                .alarmDescription(service.title() + ": a critical alarm is on. It notifies nobody, since those do.")
                .alarmRule(AlarmRule.anyOf(critical.toArray(IAlarm[]::new)))
                .build();
    }
}
