package dev.parley.local.fault;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that can go wrong on request. */
public enum Fault {
    /** A message to a connection is not delivered, and its sender gets no answer. */
    POST_DROP_BEFORE("post", "drop_before"),
    /** A message to a connection is delivered, and its sender gets no answer. */
    POST_DROP_AFTER("post", "drop_after"),
    /** A message to a connection that is open is answered with 410. */
    POST_GONE("post", "gone"),
    /** A message to a connection is answered with 429. */
    POST_THROTTLED("post", "throttled"),
    /** A message to a connection is held before it is delivered. */
    POST_DELAY("post", "delay"),
    /** A WebSocket connection is closed. */
    CUT("cut", null),
    /** The function of {@code $disconnect} is not invoked. */
    DISCONNECT_LOSE("disconnect", "lose"),
    /** Messages that a function has done are not deleted, and come again at once in their order. */
    QUEUE_DUPLICATE("queue", "duplicate"),
    /** A batch that was received is held before its function runs. */
    QUEUE_DELAY("queue", "delay"),
    /** What runs the functions crashes, with all that runs in it. */
    FUNCTIONS_KILL("functions", "kill"),
    /** Redis is shut down, and started again later. */
    REDIS_STOP("redis", "stop"),
    /** Redis stands still, and goes on later. */
    REDIS_PAUSE("redis", "pause"),
    /** PostgreSQL is shut down, and started again later. */
    POSTGRES_RESTART("postgres", "restart"),
    /** PostgreSQL stands still, and goes on later. */
    POSTGRES_PAUSE("postgres", "pause");

    private final String part;
    private final @Nullable String effect;

    Fault(String part, @Nullable String effect) {
        this.part = part;
        this.effect = effect;
    }

    /** The part of the cloud that it is in: the field {@code fault} of a request. */
    public String part() {
        return part;
    }

    /** What happens there: the field {@code effect} of a request; null if there is one thing alone. */
    public @Nullable String effect() {
        return effect;
    }

    /** Its name in the counts: {@code post.drop_after}. */
    public String id() {
        return effect == null ? part : part + "." + effect;
    }

    /** Whether it holds something for a time that has to be said. */
    boolean delays() {
        return this == POST_DELAY || this == QUEUE_DELAY;
    }

    /** Whether it is set, and then comes with events; the others happen at once. */
    boolean comesWithEvents() {
        return switch (this) {
            case POST_DROP_BEFORE,
                    POST_DROP_AFTER,
                    POST_GONE,
                    POST_THROTTLED,
                    POST_DELAY,
                    DISCONNECT_LOSE,
                    QUEUE_DUPLICATE,
                    QUEUE_DELAY -> true;
            case CUT, FUNCTIONS_KILL, REDIS_STOP, REDIS_PAUSE, POSTGRES_RESTART, POSTGRES_PAUSE -> false;
        };
    }

    static Optional<Fault> byId(String id) {
        return Arrays.stream(values()).filter(fault -> fault.id().equals(id)).findFirst();
    }
}
