package dev.parley.local.alert;

import dev.parley.local.store.LocalRedis;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Redis for its processor time and its memory. Without a limit of its own, Redis may use what the machine has. */
public final class CacheProbe implements Probe {

    private static final Logger log = LoggerFactory.getLogger(CacheProbe.class);

    private final LocalRedis redis;

    public CacheProbe(LocalRedis redis) {
        this.redis = redis;
    }

    @Override
    public void measure(Map<Measure, Double> into) {
        try {
            Map<String, String> info = redis.info();
            into.put(Measure.CACHE_CPU_SECONDS, number(info, "used_cpu_sys") + number(info, "used_cpu_user"));
            into.put(Measure.CACHE_MEMORY, number(info, "used_memory"));
            double max = number(info, "maxmemory");
            into.put(Measure.CACHE_MEMORY_MAX, max > 0 ? max : number(info, "total_system_memory"));
        } catch (IOException | NumberFormatException e) {
            log.debug("Redis did not answer", e);
        }
    }

    private static double number(Map<String, String> info, String field) {
        return Double.parseDouble(info.getOrDefault(field, "none").strip());
    }
}
