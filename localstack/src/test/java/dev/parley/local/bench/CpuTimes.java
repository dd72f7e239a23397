package dev.parley.local.bench;

import java.time.Duration;
import java.util.List;

/** CPU that processes have used since they began, as the operating system counts it: in steps of 10 ms. */
record CpuTimes(Duration client, Duration redis, Duration endpoint) {

    static CpuTimes of(ProcessHandle client, ProcessHandle redis, ProcessHandle endpoint) {
        List<Duration> used = List.of(client, redis, endpoint).stream()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .toList();
        return new CpuTimes(used.get(0), used.get(1), used.get(2));
    }

    CpuTimes minus(CpuTimes earlier) {
        return new CpuTimes(client.minus(earlier.client), redis.minus(earlier.redis), endpoint.minus(earlier.endpoint));
    }
}
