package dev.parley.local.bench;

import dev.parley.redis.RedisScript;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts what clients ask a Redis, as the server itself tells (Redis, "MONITOR"): each command of a client is a round trip, each script
 * by its name; and what the scripts do inside of the server. What comes over its own connection is not counted, nor what health probes
 * and the cluster's client ask about the server itself.
 *
 * <p>Thread-safe.
 */
final class RedisMonitor implements AutoCloseable {

    /** A line's beginning tells the command and its key; what is written is not looked at. */
    private static final int LOOKED_AT = 400;

    private static final Pattern LINE = Pattern.compile("^\\+[\\d.]+ \\[\\d+ (\\S+)\\] \"(\\w+)\"(.*)$");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LIMIT = Pattern.compile("^limit:\\{([A-Z_]+).*");
    private static final String INSIDE = "lua";
    private static final List<String> OF_THE_SERVER =
            List.of("INFO", "CLUSTER", "PING", "AUTH", "HELLO", "CLIENT", "MONITOR", "CONFIG", "COMMAND", "READONLY");

    /** Each script, and which part of the system runs it. */
    private static final Map<String, String> SCRIPTS = Map.ofEntries(
            Map.entry("append_events", "delivery"),
            Map.entry("next_frames", "delivery"),
            Map.entry("take_tokens", "delivery"),
            Map.entry("take_token", "limits"),
            Map.entry("take_slow_mode", "limits"),
            Map.entry("create_session", "identify"),
            Map.entry("start_session", "identify"),
            Map.entry("subscribe", "identify"),
            Map.entry("set_presence", "presence"),
            Map.entry("resume_session", "resume"),
            Map.entry("acknowledge", "heartbeat"),
            Map.entry("detach_connection", "disconnect"),
            Map.entry("inspect_session", "sweeper"),
            Map.entry("claim_sessions", "sweeper"),
            Map.entry("end_session", "sweeper"),
            Map.entry("unsubscribe", "sweeper"),
            Map.entry("lease_worker", "ids"));

    private final Map<String, String> scripts;
    private final Socket socket;
    private final Thread reader;
    private final ConcurrentMap<Count, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicLong lines = new AtomicLong();

    /** Begins to count. */
    RedisMonitor(RedisURI uri) throws IOException {
        scripts = scripts();
        socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
        String password = password(uri);
        socket.getOutputStream()
                .write(("*2\r\n$4\r\nAUTH\r\n$" + password.length() + "\r\n" + password + "\r\n*1\r\n$7\r\nMONITOR\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        for (int answer = 0; answer < 2; answer++) {
            String line = line(in);
            if (!"+OK".equals(line)) {
                socket.close();
                throw new IOException("Redis does not let itself be monitored: " + line);
            }
        }
        reader = Thread.ofPlatform().daemon().name("redis-monitor").start(() -> read(in));
    }

    private static String password(RedisURI uri) {
        RedisCredentials credentials = Objects.requireNonNull(
                uri.getCredentialsProvider().resolveCredentials().block());
        return new String(credentials.getPassword());
    }

    /** What was asked so far. */
    Counts counts() {
        Counts all = new Counts();
        counts.forEach((count, times) -> all.add(count, times.doubleValue()));
        return all;
    }

    /** How many lines have come: the server tells of a command before it answers it, but they take another way. */
    long lines() {
        return lines.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream in) {
        try {
            for (String line = line(in); line != null; line = line(in)) {
                take(line);
                lines.incrementAndGet();
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException("Redis broke off", e);
            }
        }
    }

    private void take(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.find()) {
            return;
        }
        String command = parts.group(2).toUpperCase(Locale.ROOT);
        if (parts.group(1).equals(INSIDE)) {
            count(new Count(Count.Kind.REDIS_INSIDE, "Redis", command));
        } else if (!OF_THE_SERVER.contains(command)) {
            String name = name(command, parts.group(3));
            count(new Count(Count.Kind.REDIS, who(name), name));
        }
    }

    private void count(Count count) {
        counts.computeIfAbsent(count, _ -> new LongAdder()).increment();
    }

    /** A script's name with its first key, or a command with its key; of a key what all keys like it share. */
    private String name(String command, String rest) {
        List<String> words =
                WORD.matcher(rest).results().map(word -> word.group(1)).toList();
        if (command.equals("EVAL")) {
            return "a script that was not loaded yet";
        }
        if (words.isEmpty()) {
            return command;
        }
        if (command.equals("EVALSHA")) {
            String script = scripts.getOrDefault(words.getFirst(), "a script without a name here");
            return words.size() > 2 ? script + " " + key(words.get(2)) : script;
        }
        return command + " " + key(words.getFirst());
    }

    private static String key(String key) {
        Matcher limit = LIMIT.matcher(key);
        return limit.matches() ? "limit:{" + limit.group(1) + "}" : key.replaceAll("\\{[^}]*}?", "{}");
    }

    /** Which part of the system asks so. */
    private static String who(String name) {
        String part = SCRIPTS.get(name.split(" ", 2)[0]);
        if (part != null) {
            return part;
        }
        String key = name.substring(name.indexOf(' ') + 1);
        return switch (key) {
            case "token:{}", "user:{}" -> "caches";
            case "guild:{}:recipients" -> "fan-out";
            case "connection:{}", "connections:{}" -> "connections";
            case "presence:{}" -> "presence";
            case "sessions:{}", "user:{}:sessions" -> "sessions";
            default -> "other";
        };
    }

    private static Map<String, String> scripts() {
        Map<String, String> names = new HashMap<>();
        SCRIPTS.keySet()
                .forEach(name -> names.put(
                        RedisScript.fromResource("lua/" + name + ".lua").sha1(), name));
        return names;
    }

    /** The next line, or as much of it as is looked at; null at the end. */
    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (line.length() < LOOKED_AT) {
                line.append((char) next);
            }
            next = in.read();
        }
        return next < 0 ? null : line.toString().strip();
    }
}
