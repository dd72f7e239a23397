package dev.parley.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.ApiException;
import dev.parley.snowflake.Snowflake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an emoji. */
class EmojiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "😀",
                "❤",
                "❤️",
                "👍🏽",
                "👨‍👩‍👧‍👦",
                "🏳️‍🌈",
                "❤️‍🔥",
                "🇩🇪",
                "🇪🇺",
                "🇦",
                "1️⃣",
                "#⃣",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "©️"
            })
    void theseAreOneEmoji(String text) {
        assertThat(Emoji.parse(text).name()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1",
                "#",
                "😀😀",
                "😀a",
                "‍",
                "️",
                "🇦🇧",
                "❤︎",
                "name",
                "name:",
                ":1",
                "name:x",
                "a b:1",
                "name:99999999999999999999"
            })
    void theseAreNone(String text) {
        assertThatThrownBy(() -> Emoji.parse(text)).isInstanceOf(ApiException.class);
    }

    @Test
    void aGuildsOwnEmojiIsToldApartByItsId() {
        assertThat(Emoji.parse("party:41")).isEqualTo(new Emoji(new Snowflake(41), "party", false));
        assertThat(Emoji.parse("a:party:41").animated()).isTrue();
        assertThat(Emoji.parse("other:41").key())
                .isEqualTo(Emoji.parse("party:41").key());
    }

    @Test
    void theVariationSelectorMakesNoOtherEmoji() {
        assertThat(Emoji.parse("❤").key()).isEqualTo(Emoji.parse("❤️").key());
        assertThat(Emoji.parse("1⃣").key()).isEqualTo(Emoji.parse("1️⃣").key());
    }
}
