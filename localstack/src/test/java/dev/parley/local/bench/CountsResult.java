package dev.parley.local.bench;

import java.util.Map;

/**
 * What was counted, without what comes by itself.
 *
 * @param listeners the sessions that listened, few and then many
 * @param few a message to few listeners
 * @param many a message to many listeners
 * @param operations an IDENTIFY, a RESUME and a heartbeat, by name, in this order
 * @param quiet a minute in which nobody does anything
 */
record CountsResult(Listeners listeners, Counts few, Counts many, Map<String, Counts> operations, Counts quiet) {

    /** Numbers of sessions. */
    record Listeners(int few, int many) {}

    /** What each delivery adds: the slope between few and many. */
    double eachDelivery(double few, double many) {
        return (many - few) / (listeners.many() - listeners.few());
    }

    /** What a message takes that nobody hears. */
    double eachMessage(double few, double many) {
        return few - listeners.few() * eachDelivery(few, many);
    }
}
