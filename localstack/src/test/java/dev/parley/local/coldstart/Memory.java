package dev.parley.local.coldstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a process.
 *
 * @param residentKib what it has in memory, before the collection below
 * @param heapKib what is in use of its heap after a full collection
 * @param metaspaceKib what its classes take
 */
record Memory(long residentKib, long heapKib, long metaspaceKib) {

    private static final long BYTES_PER_KIB = 1024;
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final Pattern GENERATION = Pattern.compile(
            "(?m)^\\s*(?:DefNew|Tenured|def new generation|tenured generation)\\s+total \\d+K, used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("(?m)^sun\\.gc\\.metaspace\\.used=(\\d+)");

    /** Looks at a process of this machine; collects its garbage. */
    static Memory of(long pid) throws IOException, InterruptedException {
        long resident = number(RESIDENT, Files.readString(Path.of("/proc", Long.toString(pid), "status")), "/proc");
        jcmd(pid, "GC.run");
        String heap = jcmd(pid, "GC.heap_info");
        Matcher generations = GENERATION.matcher(heap);
        long used = 0;
        while (generations.find()) {
            used += Long.parseLong(generations.group(1));
        }
        if (used == 0) {
            throw new IllegalStateException("jcmd GC.heap_info said nothing of the generations:\n" + heap);
        }
        long metaspace = number(METASPACE, jcmd(pid, "PerfCounter.print"), "jcmd PerfCounter.print") / BYTES_PER_KIB;
        return new Memory(resident, used, metaspace);
    }

    private static long number(Pattern pattern, String text, String source) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(source + " said nothing that matches " + pattern + ":\n" + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("jcmd " + command + " failed: " + output);
        }
        return output;
    }
}
