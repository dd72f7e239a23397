package dev.parley.local.coldstart;

/**
 * The times of one process, in ms. Those of events are NaN for a function that nothing here makes run.
 *
 * @param init from the start of the process until it asks for its first event, or until its snapshot could be taken
 * @param ready from the restore until it asks for its first event; NaN without a snapshot
 * @param first from its first event, or the restore, until the answer
 * @param warm the median of the answers after it, each from its event
 */
record Timing(double init, double ready, double first, double warm) {}
