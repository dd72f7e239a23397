package dev.parley.local.alert;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machine as node_exporter does: processors, memory, and on Linux how busy the busiest disk is. A process can hold
 * as many connections as it may open files, less what else it needs.
 */
public final class MachineProbe implements Probe {

    private static final Logger log = LoggerFactory.getLogger(MachineProbe.class);

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path DISKS = Path.of("/proc/diskstats");

    /** The column with the milliseconds that a disk was busy for (Linux kernel, "I/O statistics fields", field 10). */
    private static final int BUSY_COLUMN = 12;

    /** Files that are no gateway connections: jars, HTTP requests, the servers of this cloud. */
    private static final int OTHER_FILES = 1_000;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public void measure(Map<Measure, Double> into) {
        double cpu = system.getCpuLoad();
        if (cpu >= 0) {
            into.put(Measure.MACHINE_CPU, cpu);
        }
        into.put(Measure.MACHINE_MEMORY, 1 - availableMemory() / system.getTotalMemorySize());
        OptionalDouble busy = diskBusyMillis();
        if (busy.isPresent()) {
            into.put(Measure.DISK_BUSY_SECONDS, busy.getAsDouble() / 1000);
        }
        if (system instanceof UnixOperatingSystemMXBean unix) {
            into.put(Measure.CONNECTION_CAPACITY, (double) Math.max(1, unix.getMaxFileDescriptorCount() - OTHER_FILES));
        }
    }

    /** What programs can have without swapping; free memory alone leaves out what Linux uses until somebody wants it. */
    private double availableMemory() {
        for (String line : lines(MEMORY)) {
            if (line.startsWith("MemAvailable:")) {
                return 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
            }
        }
        return system.getFreeMemorySize();
    }

    private static OptionalDouble diskBusyMillis() {
        return lines(DISKS).stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length > BUSY_COLUMN && !columns[2].startsWith("loop"))
                .mapToDouble(columns -> Double.parseDouble(columns[BUSY_COLUMN]))
                .max();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            log.debug("{} cannot be read", file, e);
            return List.of();
        }
    }
}
