package dev.parley.local;

import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.catalog.Schedules;
import dev.parley.local.sqs.EmbeddedSqs;
import dev.parley.settings.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A local cloud as one of two Regions: each has its own gateway, functions, queues and Redis, and both write to one
 * PostgreSQL, which somebody else starts (docs/regions.md).
 *
 * @param first whether it is the Region that was there first: ids of the lower half of workers are made there, in the other
 *     those of the upper half, whichever is the home
 * @param home whether all events are put into order here, and what looks after the database runs here
 * @param queuesPort the port of this Region's queues; the same after every start, since the other Region sends there
 * @param otherQueuesPort the port of the other Region's queues
 * @param database the database of both
 */
public record LocalRegion(boolean first, boolean home, int queuesPort, int otherQueuesPort, DatabaseAccess database) {

    /** The settings that differ from those of a cloud that is the only Region, by their environment variables. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                Setting.RELAY_QUEUE_URL.variable(),
                queueUrl(queuesPort, Queues.RELAY),
                Setting.RELAY_TARGET_URL.variable(),
                queueUrl(otherQueuesPort, Queues.EVENTS),
                Setting.SNOWFLAKE_WORKERS.variable(),
                first ? "0-511" : "512-1023"));
        if (!home) {
            settings.put(Setting.EVENTS_QUEUE_URL.variable(), queueUrl(otherQueuesPort, Queues.EVENTS));
        }
        return settings;
    }

    private static String queueUrl(int port, QueueSpec queue) {
        return EmbeddedSqs.queueUrl(port, queue.name());
    }

    /** How many Regions a cloud is one of. */
    static Regions regions(@Nullable LocalRegion region) {
        return region == null ? Regions.ONE : Regions.TWO;
    }

    /** Whether a cloud is the only Region, or the one that looks after what Regions share. */
    static boolean isHome(@Nullable LocalRegion region) {
        return region == null || region.home();
    }

    /** The schedules that run in a cloud. */
    static List<ScheduleSpec> schedules(@Nullable LocalRegion region) {
        return Schedules.all().stream()
                .filter(schedule -> schedule.perRegion() || isHome(region))
                .toList();
    }
}
