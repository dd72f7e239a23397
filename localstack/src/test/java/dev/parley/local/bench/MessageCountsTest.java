package dev.parley.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.bench.Count.Kind;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a message and a session ask of the stores; docs/performance.md has the same numbers. They are counts and not times. */
class MessageCountsTest {

    /** A fan-out that has to try again, or a probe that is not evenly spread, in some of the messages; one thing more in each is 1. */
    private static final double SLACK = 0.5;

    private static final int FEW = 2;
    private static final int MANY = 6;

    private static CountsResult result;

    @BeforeAll
    static void count() throws Exception {
        result = CountsRun.count(new CountsOptions(20, 20, FEW, MANY, 10, 3, false), _ -> {});
    }

    @Test
    void aMessageIsOneWritingTransactionBesideTheOneThatRemovesItFromTheOutbox() {
        for (Counts message : List.of(result.few(), result.many())) {
            assertThat(message.of(new Count(Kind.TRANSACTION, "CreateMessage", "writes")))
                    .isEqualTo(1);
            assertThat(message.of(new Count(Kind.TRANSACTION, "Fanout", "writes")))
                    .isEqualTo(1, Offset.offset(SLACK));
            assertThat(message.of(new Count(Kind.STATEMENT, "Fanout", "DELETE outbox")))
                    .isEqualTo(1, Offset.offset(SLACK));
            // PostgreSQL has seen no third, but for a schedule's and those of its own housekeeping now and then.
            assertThat(message.of(Kind.WRITING)).isBetween(2 - SLACK, 2.9);
        }
    }

    @Test
    void aMessageIsFourStatementsHoweverManyHearIt() {
        for (Counts message : List.of(result.few(), result.many())) {
            assertThat(message.of(Kind.STATEMENT, "CreateMessage")).isLessThanOrEqualTo(2);
            assertThat(message.of(Kind.STATEMENT, "Fanout")).isLessThanOrEqualTo(2 + SLACK);
        }
    }

    @Test
    void aDeliveryIsTwoScriptsOfRedisAndOnePost() {
        assertThat(eachDelivery(Kind.REDIS)).isEqualTo(2, Offset.offset(SLACK));
        assertThat(eachDelivery(Kind.POST)).isEqualTo(1, Offset.offset(SLACK));
        assertThat(result.few().of(Kind.REDIS, "delivery")).isLessThanOrEqualTo(2 * FEW + SLACK);
        assertThat(result.many().of(Kind.REDIS, "delivery")).isLessThanOrEqualTo(2 * MANY + SLACK);
        assertThat(result.many().of(Kind.POST)).isEqualTo(MANY, Offset.offset(SLACK));
    }

    @Test
    void besideItsDeliveriesAMessageAsksRedisFiveTimes() {
        double few = result.few().of(Kind.REDIS);
        double many = result.many().of(Kind.REDIS);
        assertThat(result.eachMessage(few, many)).isBetween(4.0, 5 + SLACK);
    }

    @Test
    void aMessageGoesThroughTheQueueOnceAndThroughTwoFunctions() {
        for (Counts message : List.of(result.few(), result.many())) {
            assertThat(message.of(Kind.INVOCATION)).isEqualTo(2, Offset.offset(SLACK));
            assertThat(message.of(new Count(Kind.QUEUE, "SQS", "SendMessage"))).isEqualTo(1, Offset.offset(SLACK));
            assertThat(message.of(Kind.QUEUE)).isLessThanOrEqualTo(3 + SLACK);
        }
    }

    @Test
    void aResumeAndAHeartbeatAskTheDatabaseNothing() {
        for (String name : List.of("RESUME", "heartbeat")) {
            Counts operation = operation(name);
            for (String function : List.of("Connect", "Hello", "Resume", "Heartbeat")) {
                assertThat(operation.of(Kind.STATEMENT, function))
                        .as(name + ", " + function)
                        .isZero();
            }
        }
        assertThat(operation("RESUME").of(Kind.REDIS)).isLessThanOrEqualTo(12 + SLACK);
        assertThat(operation("heartbeat").of(Kind.REDIS)).isLessThanOrEqualTo(3 + SLACK);
    }

    @Test
    void anIdentifyIsFifteenStatementsOfWhichOneWrites() {
        Counts identify = operation("IDENTIFY");
        assertThat(identify.of(Kind.STATEMENT, "Identify")).isBetween(1.0, 15.0);
        assertThat(identify.of(new Count(Kind.TRANSACTION, "Identify", "writes")))
                .isLessThanOrEqualTo(1);
        assertThat(identify.of(Kind.STATEMENT, "Connect") + identify.of(Kind.STATEMENT, "Hello"))
                .isZero();
        assertThat(identify.of(Kind.REDIS)).isLessThanOrEqualTo(18 + SLACK);
    }

    private static double eachDelivery(Kind kind) {
        return result.eachDelivery(result.few().of(kind), result.many().of(kind));
    }

    private static Counts operation(String name) {
        Counts counts = result.operations().get(name);
        assertThat(counts).as(name).isNotNull();
        return counts;
    }
}
