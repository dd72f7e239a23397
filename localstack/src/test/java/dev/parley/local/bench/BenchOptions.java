package dev.parley.local.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param rounds rounds that count; one more goes before them
 * @param seconds length of a measurement
 * @param connections keep-alive connections to the endpoint
 * @param sessions sessions that events are delivered to, in turn
 * @param underWay deliveries at the same time
 * @param loops threads that post
 * @param gateway whether the local API Gateway is the endpoint, with as many open connections as there are sessions
 * @param ways what to measure; all when empty
 */
record BenchOptions(
        int rounds,
        int seconds,
        int connections,
        int sessions,
        int underWay,
        int loops,
        boolean gateway,
        List<String> ways) {

    static BenchOptions of(String[] args) {
        int rounds = 5;
        int seconds = 3;
        int connections = 16;
        int sessions = 2000;
        int underWay = 256;
        int loops = 1;
        boolean gateway = false;
        List<String> ways = new ArrayList<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--connections" -> connections = Integer.parseInt(value);
                case "--sessions" -> sessions = Integer.parseInt(value);
                case "--under-way" -> underWay = Integer.parseInt(value);
                case "--loops" -> loops = Integer.parseInt(value);
                case "--endpoint" -> gateway = value.equals("gateway");
                case "--ways" -> ways.addAll(List.of(value.split(",", -1)));
                default -> throw new IllegalArgumentException("there is no option " + args[i]);
            }
        }
        return new BenchOptions(rounds, seconds, connections, sessions, underWay, loops, gateway, List.copyOf(ways));
    }
}
