package dev.parley.functions.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.Metrics;
import dev.parley.functions.InvokedFunction;
import dev.parley.session.SweepReport;
import dev.parley.telemetry.StructuredMessage;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Looks after the sessions of one slice: {@code {"slice": 0, "slices": 4}}; without them after all. */
public final class SweepSessionsFunction extends InvokedFunction {

    private static final Logger log = LogManager.getLogger(SweepSessionsFunction.class);

    /** Leaves time to finish what is begun. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    public SweepSessionsFunction() {
        this(Parley.fromEnvironment());
    }

    public SweepSessionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode schedule) {
        int slices = Math.max(1, schedule.path("slices").asInt(1));
        int slice = Math.floorMod(schedule.path("slice").asInt(0), slices);
        SweepReport report = parley.sessions().sweeper().sweep(slice, slices, LONGEST);
        parley.meter().record(Metrics.MISSED_HEARTBEATS, report.missedHeartbeats());
        if (slice == 0) {
            // The state of the whole deployment, and so of one sweeper: the parts that several wrote in a minute would
            // add up to too much or too little whenever one of them ran a little early.
            parley.meter().record(Metrics.SESSIONS, (double) parley.sessions().count());
            parley.meter().record(Metrics.OPEN_CONNECTIONS, (double)
                    parley.connections().count());
        }
        if (report.inspected() > 0) {
            log.info(new StructuredMessage("Sessions swept")
                    .with("inspected", report.inspected())
                    .with("missed_heartbeats", report.missedHeartbeats())
                    .with("silent", report.silent())
                    .with("asked_to_reconnect", report.askedToReconnect())
                    .with("ignored_reconnect", report.ignoredReconnect())
                    .with("not_reading", report.notReading())
                    .with("taken_up", report.takenUp())
                    .with("ended", report.ended()));
        }
        return report;
    }
}
