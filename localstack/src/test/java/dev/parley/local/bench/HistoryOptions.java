package dev.parley.local.bench;

import java.util.List;

/**
 * What the command line says.
 *
 * @param few messages of the small channel
 * @param many messages of the large channel
 * @param fewMembers members of the small guild
 * @param manyMembers members of the large guild
 * @param requests requests of each kind to each of the two; a fifth more go before them
 * @param json whether an object is printed instead of tables
 */
record HistoryOptions(int few, int many, int fewMembers, int manyMembers, int requests, boolean json) {

    static HistoryOptions of(String[] args) {
        int few = 10_000;
        int many = 1_000_000;
        int fewMembers = 1_000;
        int manyMembers = 100_000;
        int requests = 1_000;
        boolean json = false;
        List<String> words = List.of(args);
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--json")) {
                json = true;
                continue;
            }
            String name = words.get(i);
            if (++i == words.size()) {
                throw new IllegalArgumentException(name + " needs a number, or there is no such option");
            }
            int number = Integer.parseInt(words.get(i));
            switch (name) {
                case "--few" -> few = number;
                case "--many" -> many = number;
                case "--few-members" -> fewMembers = number;
                case "--many-members" -> manyMembers = number;
                case "--requests" -> requests = number;
                default -> throw new IllegalArgumentException("there is no option " + name);
            }
        }
        return new HistoryOptions(few, many, fewMembers, manyMembers, requests, json);
    }
}
