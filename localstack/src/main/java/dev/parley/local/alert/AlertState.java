package dev.parley.local.alert;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.MissingData;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Where an alert stands. It fires with the last of as many minutes in a row as the rule holds, and clears with the first that
 * is fine.
 *
 * @param status what it says
 * @param since when it began to say so
 * @param wrong how many minutes in a row have been wrong by now; never more than the rule holds
 * @param value the signal's last number; empty if there was none in the last minute
 */
public record AlertState(Status status, Instant since, int wrong, OptionalDouble value) {

    /** What an alert says, in CloudWatch's words. */
    public enum Status {
        OK,
        ALARM,
        INSUFFICIENT_DATA
    }

    /** What holds before anything is known. */
    public static AlertState unknown(Instant since) {
        return new AlertState(Status.INSUFFICIENT_DATA, since, 0, OptionalDouble.empty());
    }

    /**
     * Where it stands after one more minute.
     *
     * @param value the signal in that minute; empty for a minute without a number
     * @param at the end of that minute
     */
    public AlertState next(AlertRule rule, OptionalDouble value, Instant at) {
        if (value.isEmpty() && rule.missing() == MissingData.UNKNOWN) {
            return new AlertState(status, since, wrong, value);
        }
        boolean breaches = value.isEmpty() ? rule.missing() == MissingData.BAD : rule.breaches(value.getAsDouble());
        if (!breaches) {
            return become(Status.OK, 0, value, at);
        }
        int minutes = Math.min(rule.periods(), wrong + 1);
        // Not wrong for long enough: fine until then, if the minutes before count as fine where nobody knows of them.
        Status until = rule.missing() == MissingData.FINE ? Status.OK : status;
        return become(minutes == rule.periods() ? Status.ALARM : until, minutes, value, at);
    }

    private AlertState become(Status now, int minutes, OptionalDouble number, Instant at) {
        return new AlertState(now, now == status ? since : at, minutes, number);
    }
}
