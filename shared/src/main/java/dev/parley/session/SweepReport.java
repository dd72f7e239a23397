package dev.parley.session;

/**
 * What a sweep found.
 *
 * @param inspected sessions that were looked at
 * @param missedHeartbeats heartbeats that did not come since the last look
 * @param silent connections that were closed because their heartbeats had stopped
 * @param askedToReconnect clients that got op 7, since their connection grows old
 * @param ignoredReconnect connections that were closed because the client did not after op 7
 * @param notReading connections that were closed because the client did not take what it was sent
 * @param takenUp sessions whose sender had stopped, and that were sent to again
 * @param ended sessions that nobody resumed in time, or that never began
 */
public record SweepReport(
        int inspected,
        int missedHeartbeats,
        int silent,
        int askedToReconnect,
        int ignoredReconnect,
        int notReading,
        int takenUp,
        int ended) {

    /** A sweep that found nothing. */
    public static SweepReport nothing() {
        return new SweepReport(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Two sweeps together. */
    public SweepReport plus(SweepReport other) {
        return new SweepReport(
                inspected + other.inspected,
                missedHeartbeats + other.missedHeartbeats,
                silent + other.silent,
                askedToReconnect + other.askedToReconnect,
                ignoredReconnect + other.ignoredReconnect,
                notReading + other.notReading,
                takenUp + other.takenUp,
                ended + other.ended);
    }
}
