package dev.parley.local.store;

import java.io.IOException;

/**
 * How a Redis server comes to be a whole cluster of one node, by the node table that it finds when it starts.
 *
 * <p>Slots cannot be given by command to a server that has data: it claims the slots of its keys before.
 */
enum ClusterStart {
    /** It finds itself as the master of all slots, and takes no commands for its first two seconds. */
    WAIT {
        @Override
        String nodes(int port, int busPort) {
            return node(ONE, port, busPort) + " myself,master - 0 0 1 connected 0-16383\n" + VARS;
        }

        @Override
        String finish(RespConnection connection) {
            return DONE;
        }
    },

    /**
     * It finds itself as the replica of a master that is gone, and takes its place by command. Saves the two seconds,
     * which a master waits after a restart for a cluster that may have moved on (CLUSTER_WRITABLE_DELAY in cluster.c).
     */
    TAKEOVER {
        @Override
        String nodes(int port, int busPort) {
            return node(ONE, port, busPort) + " myself,slave " + OTHER + " 0 0 1 connected\n" + OTHER
                    + " :0@0 master,noaddr - 0 0 1 disconnected 0-16383\n" + VARS;
        }

        @Override
        String finish(RespConnection connection) throws IOException {
            String takeover = connection.call("CLUSTER", "FAILOVER", "TAKEOVER");
            // It is the master already when an earlier attempt got this far.
            if (!takeover.equals(DONE) && !takeover.contains("to a replica")) {
                return takeover;
            }
            String forget = connection.call("CLUSTER", "FORGET", OTHER);
            return forget.contains("Unknown node") ? DONE : forget;
        }
    };

    private static final String DONE = "OK";
    private static final String ONE = "1".repeat(40);
    private static final String OTHER = "2".repeat(40);
    private static final String VARS = "vars currentEpoch 1 lastVoteEpoch 0\n";

    private static String node(String id, int port, int busPort) {
        return id + " 127.0.0.1:" + port + "@" + busPort;
    }

    /** The node table's text for a new server on this port. */
    abstract String nodes(int port, int busPort);

    /** Makes it whole; returns {@code OK}, or what is in the way. May be repeated. */
    abstract String finish(RespConnection connection) throws IOException;
}
