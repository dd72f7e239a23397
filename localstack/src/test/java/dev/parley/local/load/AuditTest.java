package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.load.Violations.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A check that finds nothing is worth something only if it would find it. */
class AuditTest {

    private static final long CHANNEL = 5;

    private final Ledger ledger = new Ledger();
    private final Violations violations = new Violations();
    private final Audit audit = new Audit(ledger, violations);

    private record Heard(String name, Inbox inbox, boolean lost) implements Audit.Listener {

        static Heard messages(String name, long... ids) {
            Inbox inbox = new Inbox();
            long s = 2;
            for (long id : ids) {
                inbox.add(CHANNEL, id, s++);
                inbox.add(CHANNEL + 1, 1000 + id, s++);
            }
            return new Heard(name, inbox, false);
        }
    }

    @Test
    void nothingIsWrongWhenEverybodyGotTheSame() {
        check(Set.of(10L, 11L, 12L), Heard.messages("a", 10, 12, 11), Heard.messages("b", 10, 12, 11));

        assertThat(violations.total()).isZero();
    }

    @Test
    void findsWhatOneSessionDidNotGet() {
        check(Set.of(10L, 11L, 12L), Heard.messages("a", 10, 11, 12), Heard.messages("b", 10, 12));

        assertThat(violations.count(Kind.LOST)).isEqualTo(1);
        assertThat(violations.total()).isEqualTo(1);
        assertThat(violations.words().getFirst()).contains("11", "b");
    }

    @Test
    void findsWhatNobodyGot() {
        check(Set.of(10L, 11L), Heard.messages("a", 10), Heard.messages("b", 10));

        assertThat(violations.total()).isEqualTo(2);
    }

    @Test
    void goesByTheOrderOfTheStreamsAndNotOfTheIds() {
        // 11 was published after 12 and 13
        check(Set.of(10L, 11L, 12L, 13L), Heard.messages("a", 10, 12, 13, 11), Heard.messages("b", 10, 12));

        assertThat(violations.count(Kind.STALLED)).isEqualTo(1);
        assertThat(violations.total()).isEqualTo(1);
    }

    @Test
    void findsASessionThatStandsStill() {
        check(Set.of(10L, 11L, 12L), Heard.messages("a", 10, 11, 12), Heard.messages("b", 10), Heard.messages("c"));

        assertThat(violations.count(Kind.STALLED)).isEqualTo(2);
        assertThat(violations.total()).isEqualTo(2);
        assertThat(violations.words().getFirst()).contains("last 2 messages", "b");
    }

    @Test
    void findsAnotherOrder() {
        check(Set.of(10L, 11L, 12L), Heard.messages("a", 10, 11, 12), Heard.messages("b", 10, 12, 11));

        assertThat(violations.count(Kind.REORDERED)).isEqualTo(1);
        assertThat(violations.total()).isEqualTo(1);
    }

    @Test
    void findsAMessageThatCameUnderTwoNumbers() {
        check(Set.of(10L, 11L), Heard.messages("a", 10, 11), Heard.messages("b", 10, 11, 10));

        assertThat(violations.count(Kind.DUPLICATE_UNDER_NEW_S)).isEqualTo(1);
        assertThat(violations.total()).isEqualTo(1);
    }

    @Test
    void findsAMessageThatIsNotStored() {
        check(Set.of(10L), Heard.messages("a", 10, 11));

        assertThat(violations.count(Kind.RECEIVED_NOT_STORED)).isEqualTo(1);
    }

    @Test
    void leavesOutASessionThatHasBeenCountedAsEnded() {
        check(Set.of(10L), new Heard("a", new Inbox(), true), Heard.messages("b", 10));

        assertThat(violations.total()).isZero();
    }

    @Test
    void holdsTheHistoryToWhatWasAnswered() {
        long kept = ledger.begin();
        ledger.answered(kept, CHANNEL, 10);
        long forgotten = ledger.begin();
        ledger.answered(forgotten, CHANNEL, 11);

        audit.history(CHANNEL, Map.of(10L, "m" + kept + " text", 12L, "m" + kept + " text"));

        assertThat(violations.count(Kind.ANSWERED_NOT_STORED)).isEqualTo(1);
        assertThat(violations.count(Kind.STORED_TWICE)).isEqualTo(1);
    }

    private void check(Set<Long> stored, Heard... sessions) {
        audit.streams(CHANNEL, stored, List.of(sessions));
    }
}
