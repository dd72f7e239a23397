package dev.parley.local;

import dev.parley.Parley;

/** What is behind a local cloud, for tests and measurements that have to look or reach into it. */
public final class CloudSystem {

    private CloudSystem() {}

    /** The system that the functions of a cloud call. */
    public static Parley of(LocalCloud cloud) {
        return cloud.parley();
    }
}
