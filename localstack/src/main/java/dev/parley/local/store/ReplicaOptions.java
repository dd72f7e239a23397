package dev.parley.local.store;

import java.time.Duration;

/**
 * How a replica follows its primary.
 *
 * @param name what the primary knows it by, 1 to 40 lower-case letters, digits and underscores
 * @param synchronous whether a commit is acknowledged only when the replica has it on disk
 * @param applyDelay how much later than on the primary a commit can be seen on the replica, 0 or more; what the replica
 *     has is not affected ({@code recovery_min_apply_delay})
 * @param port where the replica gets the log: the primary's port, or that of something between the two; 0 for the primary's
 */
public record ReplicaOptions(String name, boolean synchronous, Duration applyDelay, int port) {

    public ReplicaOptions {
        if (!name.matches("[a-z0-9_]{1,40}")) {
            throw new IllegalArgumentException("not a replica's name: " + name);
        }
        if (applyDelay.isNegative()) {
            throw new IllegalArgumentException("A replica cannot be ahead: " + applyDelay);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** A replica that the primary does not wait for. */
    public static ReplicaOptions asynchronous(String name) {
        return new ReplicaOptions(name, false, Duration.ZERO, 0);
    }

    /** A replica that has every commit that was acknowledged. */
    public static ReplicaOptions synchronous(String name) {
        return new ReplicaOptions(name, true, Duration.ZERO, 0);
    }

    public ReplicaOptions withApplyDelay(Duration delay) {
        return new ReplicaOptions(name, synchronous, delay, port);
    }

    public ReplicaOptions withPort(int number) {
        return new ReplicaOptions(name, synchronous, applyDelay, number);
    }
}
