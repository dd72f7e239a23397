package dev.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Café au lait | cafe",
                "cafe | CAFÉ",
                "Cafe\u0301 | café",
                "ＨＥＬＬＯ　world | hello",
                "Ünïcödé straße | unicode STRASSE",
                "İstanbul | istanbul",
                "오늘 비행기를 탔다 | 비행",
                "비행기 | 비행기",
                "집에 가자 | 집",
                "東京都庁へ行く | 東京",
                "東京都庁へ行く | 都庁",
                "猫が好き | 猫",
                "ﾗｰﾒﾝ食べたい | ラーメン",
                "ガンダム | ｶﾞﾝﾀﾞﾑ",
                "我喜欢吃苹果 | 苹果",
                "K팝 최고 | k팝",
                "ㅋㅋㅋ 재밌다 | ㅋㅋ",
                "well done 😂 | 😂",
                "snake_case_name | SNAKE_CASE_NAME",
                "see https://example.com/a-page | example",
                "Привет, мир | МИР",
                "ภาษาไทย | ไทย",
                "version 2.0 | 2",
            })
    void isFound(String text, String asked) {
        assertThat(found(text, asked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Café | caf",
                "hello world | hello there",
                "비행기 | 행비",
                "東京都庁 | 京東",
                // All pairs are there, but not next to each other.
                "東京と京都 | 東京都",
                // Other scripts' marks make other letters.
                "мой | мои",
                "か | が",
                "각 | 가",
            })
    void isNotFound(String text, String asked) {
        assertThat(found(text, asked)).isFalse();
    }

    @Test
    void hangulStaysInSyllables() {
        // Decomposed, as some keyboards and file systems write it.
        String decomposed = java.text.Normalizer.normalize("비행기", java.text.Normalizer.Form.NFD);

        assertThat(SearchText.of(decomposed)).isEqualTo(SearchText.of("비행기"));
        assertThat(SearchText.of("비행기").terms()).containsExactly(new SearchText.Term("비행기", true));
    }

    @Test
    void aMessageHasFiveTokensForThreeSyllables() {
        assertThat(SearchText.of("비행기").tokens()).hasSize(5);
        assertThat(SearchText.of("비행기").askedTokens()).hasSize(2);
        assertThat(SearchText.of("one two two").tokens()).hasSize(2);
    }

    @Test
    void aPhraseIsInOrder() {
        SearchText text = SearchText.of("the quick brown fox, 東京都庁");

        assertThat(text.hasPhrase(SearchText.of("Quick Brown").terms())).isTrue();
        assertThat(text.hasPhrase(SearchText.of("brown quick").terms())).isFalse();
        assertThat(text.hasPhrase(SearchText.of("fox 東京").terms())).isTrue();
        assertThat(text.hasPhrase(SearchText.of("").terms())).isTrue();
    }

    @Test
    void tokensStayWhatTheyAre() {
        // They are stored: another hash would need another index.
        assertThat(Token.of(Token.Kind.WORD, "hello")).isEqualTo(-5521299008046245297L);
    }

    /** As the index and the comparison after it find. */
    private static boolean found(String text, String asked) {
        SearchText document = SearchText.of(text);
        SearchText query = SearchText.of(asked);
        boolean indexed = document.tokens().containsAll(query.askedTokens());
        boolean compared = document.hasAll(query.terms());
        // What the comparison takes, the index must have given.
        assertThat(indexed || !compared).isTrue();
        return indexed && compared;
    }
}
