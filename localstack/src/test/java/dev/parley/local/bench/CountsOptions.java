package dev.parley.local.bench;

import java.util.List;

/**
 * What the command line says.
 *
 * @param messages that are counted, for each number of listeners
 * @param rate messages a second at the most; each waits until everybody has the one before
 * @param few sessions that listen at first
 * @param many sessions that listen then
 * @param operations IDENTIFYs, RESUMEs and heartbeats that are counted
 * @param quietSeconds how long is counted what comes by itself
 * @param json whether an object is printed instead of tables
 */
record CountsOptions(int messages, int rate, int few, int many, int operations, int quietSeconds, boolean json) {

    CountsOptions {
        check("--messages", messages, 1, 10_000);
        check("--rate", rate, 1, 100);
        check("--few", few, 1, 999);
        check("--many", many, few + 1, 1_000);
        check("--operations", operations, 1, 500);
        check("--quiet-seconds", quietSeconds, 1, 3_600);
    }

    static CountsOptions of(String[] args) {
        int messages = 200;
        int rate = 5;
        int few = 10;
        int many = 100;
        int operations = 20;
        int quietSeconds = 60;
        boolean json = false;
        List<String> words = List.of(args);
        for (int i = 0; i < words.size(); i++) {
            String name = words.get(i);
            if (name.equals("--json")) {
                json = true;
                continue;
            }
            if (++i == words.size()) {
                throw new IllegalArgumentException(name + " needs a number, or there is no such option");
            }
            int number = Integer.parseInt(words.get(i));
            switch (name) {
                case "--messages" -> messages = number;
                case "--rate" -> rate = number;
                case "--few" -> few = number;
                case "--many" -> many = number;
                case "--operations" -> operations = number;
                case "--quiet-seconds" -> quietSeconds = number;
                default -> throw new IllegalArgumentException("there is no option " + name);
            }
        }
        return new CountsOptions(messages, rate, few, many, operations, quietSeconds, json);
    }

    private static void check(String name, int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " is from " + least + " to " + most + ", and not " + number);
        }
    }
}
