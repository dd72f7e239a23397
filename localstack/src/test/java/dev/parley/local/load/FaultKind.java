package dev.parley.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.Locale;
import java.util.SplittableRandom;

/** The faults of a fault run, each with the size that a throw of the dice gives it. */
enum FaultKind {
    FUNCTIONS_KILL(2, true) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("functions", "kill");
        }
    },
    POST_DROP_BEFORE(3, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("post", "drop_before").put("next", dice.nextInt(1, 30));
        }
    },
    POST_DROP_AFTER(3, true) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("post", "drop_after").put("next", dice.nextInt(1, 30));
        }
    },
    POST_GONE(2, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("post", "gone").put("next", dice.nextInt(1, 30));
        }
    },
    POST_THROTTLED(2, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("post", "throttled")
                    .put("rate", dice.nextInt(1, 10) / 10.0)
                    .put("seconds", 1);
        }
    },
    POST_DELAY(2, true) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("post", "delay").put("next", dice.nextInt(1, 30)).put("delay_ms", dice.nextInt(50, 4500));
        }
    },
    /** The server's end goes without a close frame. */
    CUT(3, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return cut(dice).putNull("code");
        }
    },
    CUT_1000(1, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return cut(dice).put("code", 1000);
        }
    },
    CUT_1001(2, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return cut(dice).put("code", 1001);
        }
    },
    /** The clients' ends go: some sockets are reset, some closed without a close frame. */
    CLIENT_CUT(2, false),
    /** Together with the end of some clients' connections, since there is nothing to lose without one. */
    DISCONNECT_LOSE(2, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("disconnect", "lose").put("next", dice.nextInt(1, 20));
        }
    },
    QUEUE_DUPLICATE(2, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("queue", "duplicate").put("next", dice.nextInt(1, 10));
        }
    },
    QUEUE_DELAY(2, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("queue", "delay").put("next", dice.nextInt(1, 10)).put("delay_ms", dice.nextInt(100, 3000));
        }
    },
    /** Only at times of its own: see {@link FaultSchedule}. */
    REDIS_STOP(0, true) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("redis", "stop").put("seconds", 5);
        }
    },
    /** Only at times of its own: see {@link FaultSchedule}. */
    POSTGRES_RESTART(0, false) {
        @Override
        ObjectNode request(SplittableRandom dice) {
            return fault("postgres", "restart").put("seconds", 2);
        }
    };

    private final int weight;
    private final boolean mayDuplicate;

    FaultKind(int weight, boolean mayDuplicate) {
        this.weight = weight;
        this.mayDuplicate = mayDuplicate;
    }

    /** How many of each bag of faults are of this kind. */
    int weight() {
        return weight;
    }

    /**
     * Whether a frame may come twice for it: its sender does not learn that the frame came, or does not live to note it.
     */
    boolean mayDuplicate() {
        return mayDuplicate;
    }

    /** Whether clients end their connections for it. */
    boolean cutsClients() {
        return this == CLIENT_CUT || this == DISCONNECT_LOSE;
    }

    /** What the server's switch is told; empty when the server has no part in it. */
    ObjectNode request(SplittableRandom dice) {
        return Json.object();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static ObjectNode fault(String fault, String effect) {
        return Json.object().put("fault", fault).put("effect", effect);
    }

    private static ObjectNode cut(SplittableRandom dice) {
        // Now and then everybody at once.
        double share = dice.nextInt(12) == 0 ? 1.0 : dice.nextInt(2, 30) / 100.0;
        return Json.object().put("fault", "cut").put("share", share);
    }
}
