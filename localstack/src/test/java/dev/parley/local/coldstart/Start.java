package dev.parley.local.coldstart;

/** How an environment comes to be, by what Lambda tells the runtime in {@code AWS_LAMBDA_INITIALIZATION_TYPE}. */
enum Start {
    /** The process starts, and asks for its first event: no hook runs. */
    ON_DEMAND("on-demand"),
    /** The process starts, runs its hooks before the snapshot, and goes on as a copy of it would. */
    SNAP_START("snap-start");

    private final String initializationType;

    Start(String initializationType) {
        this.initializationType = initializationType;
    }

    String initializationType() {
        return initializationType;
    }
}
