package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.load.StreamCheck.Verdict;
import org.junit.jupiter.api.Test;

class StreamCheckTest {

    private final StreamCheck stream = new StreamCheck(3);

    @Test
    void framesFollowEachOther() {
        assertThat(stream.take(1, 10)).isEqualTo(Verdict.NEXT);
        assertThat(stream.take(2, 20)).isEqualTo(Verdict.NEXT);
        assertThat(stream.last()).isEqualTo(2);
    }

    @Test
    void aNumberThatIsLeftOutIsAGap() {
        stream.take(1, 10);

        assertThat(stream.take(3, 30)).isEqualTo(Verdict.GAP);
        assertThat(stream.take(4, 40)).isEqualTo(Verdict.NEXT);
    }

    @Test
    void aStreamBeginsWithOne() {
        assertThat(stream.take(2, 20)).isEqualTo(Verdict.GAP);
    }

    @Test
    void aFrameMayComeAgainAsItWas() {
        stream.take(1, 10);
        stream.take(2, 20);

        assertThat(stream.take(1, 10)).isEqualTo(Verdict.AGAIN);
        assertThat(stream.take(2, 21)).isEqualTo(Verdict.CHANGED);
        assertThat(stream.last()).isEqualTo(2);
    }

    @Test
    void whatIsForgottenIsNotGuessed() {
        for (int s = 1; s <= 4; s++) {
            stream.take(s, s);
        }

        assertThat(stream.take(1, 1)).isEqualTo(Verdict.TOO_OLD);
        assertThat(stream.take(2, 2)).isEqualTo(Verdict.AGAIN);
    }
}
