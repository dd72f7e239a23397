package dev.parley.local.bench;

import java.util.Comparator;

/**
 * Something that is counted.
 *
 * @param who what does it: a function, or a part of the system
 * @param name of the command, statement or request
 */
record Count(Kind kind, String who, String name) implements Comparable<Count> {

    /** What kinds there are, in the order of the tables. */
    enum Kind {
        STATEMENT("SQL statements"),
        TRANSACTION("database transactions"),
        WRITING("of them writing, by PostgreSQL's own numbers"),
        CHECK("connection checks, of connections idle for half a second"),
        REDIS("Redis commands and scripts"),
        REDIS_INSIDE("commands inside of the scripts"),
        QUEUE("requests to SQS"),
        INVOCATION("invocations"),
        POST("posts to @connections"),
        FRAME("frames to clients");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    @Override
    public int compareTo(Count other) {
        return Comparator.comparing(Count::kind)
                .thenComparing(Count::who)
                .thenComparing(Count::name)
                .compare(this, other);
    }
}
