package dev.parley.infra.cost;

import java.util.List;

/**
 * Something that an operator or a bot can change about the bill, beside how much is said.
 *
 * @param what it is
 * @param usage as it would be then
 */
public record Lever(String what, Usage usage) {

    /** READY of a client that asks for fewer guilds' members and presences at once. */
    private static final int SMALL_READY = Work.BILLED_FRAME_BYTES;

    /** What can be changed about a usage. */
    public static List<Lever> of(Usage usage) {
        return List.of(
                usage.heartbeatSeconds() == Usage.SHORT_HEARTBEAT_S
                        ? new Lever("a heartbeat every 270 s", usage.withHeartbeat(Usage.USUAL_HEARTBEAT_S))
                        : new Lever(
                                "a heartbeat every 41.25 s, as Discord has it",
                                usage.withHeartbeat(Usage.SHORT_HEARTBEAT_S)),
                usage.mockHeartbeats()
                        ? new Lever("heartbeats answered by a function", usage.withMockHeartbeats(false))
                        : new Lever("heartbeats answered by API Gateway itself", usage.withMockHeartbeats(true)),
                new Lever("no session asks for typing, presence and reactions", usage.withSideReceivers(0)),
                new Lever("half of the sessions ask for no messages", usage.withReceivers(usage.receivers() / 2)),
                new Lever(
                        "READY within one frame of 32 KB",
                        usage.withReadyBytes(Math.min(usage.readyBytes(), SMALL_READY))));
    }
}
