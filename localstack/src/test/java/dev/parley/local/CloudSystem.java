package dev.parley.local;

import dev.parley.Parley;
import java.util.Map;

/** What is behind a local cloud, for tests and measurements that have to look or reach into it. */
public final class CloudSystem {

    private CloudSystem() {}

    /** The system that the functions of a cloud call. */
    public static Parley of(LocalCloud cloud) {
        return cloud.parley();
    }

    /** The environment variables that a function in a process of its own needs to be a part of a cloud. */
    public static Map<String, String> environment(LocalCloud cloud) {
        return cloud.functionEnvironment();
    }
}
