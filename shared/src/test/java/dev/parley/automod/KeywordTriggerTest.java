package dev.parley.automod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTriggerTest {

    /** The first twelve are Discord's own examples ("Keyword Matching Strategies"). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat* | CATch",
                "cat* | Catapult",
                "cat* | CAttLE",
                "the mat* | the matrix",
                "*cat | wildCat",
                "*cat | copyCat",
                "*the mat | breathe mat",
                "*cat* | location",
                "*cat* | eduCation",
                "*the mat* | breathe matter",
                "cat | CAT",
                "the mat | The MAT",
                "cat | a cat, here",
                "cat | (cat)",
                "Ca\u0301t | CÁT",
                "ｃａｔ | cat",
                "CAT | ｃａｔ",
                "ÄRGER | großer ärger!",
                "비행기 | 비행기!",
                "비행* | 비행기",
                "東京 | 東京都庁",
                "c++ | I like c++",
                "*😂* | ha😂ha",
            })
    void isTriggered(String keyword, String content) {
        assertThat(find(List.of(keyword), List.of(), List.of(), content)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat | catch",
                "cat | wildcat",
                "cat* | wildcat",
                "*cat | catch",
                "the mat | the matrix",
                "cat | c at",
                "비행 | 비행기",
                "cafe | café",
                "* | anything",
                "** | anything",
            })
    void isNotTriggered(String keyword, String content) {
        assertThat(find(List.of(keyword), List.of(), List.of(), content)).isNull();
    }

    @Test
    void theMatchSaysWhatWasFound() {
        Trigger.Match match = find(List.of("nothing", "*cat*"), List.of(), List.of(), "an EduCATion");

        assertThat(match).isEqualTo(new Trigger.Match("*cat*", "CAT"));
    }

    @Test
    void whatIsAllowedIsPassedOver() {
        List<String> keywords = List.of("*cat*");
        List<String> allowed = List.of("location", "edu*");

        assertThat(find(keywords, List.of(), allowed, "the location")).isNull();
        assertThat(find(keywords, List.of(), allowed, "the location of a cat")).isNotNull();
        assertThat(find(keywords, List.of(), allowed, "locations")).isNotNull();
        assertThat(find(List.of(), List.of("c.t"), allowed, "the location")).isNull();
    }

    @Test
    void patternsAreOfRe2() {
        List<String> patterns = List.of("n[o0]+pe", "\\p{Han}{3}");

        assertThat(find(List.of(), patterns, List.of(), "NO0pe")).isEqualTo(new Trigger.Match("n[o0]+pe", "NO0pe"));
        assertThat(find(List.of(), patterns, List.of(), "日本語")).isNotNull();
        assertThat(find(List.of(), patterns, List.of(), "nope".substring(1))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "(?=look)ahead",
                "(a)\\1",
                "((a{100}){100}){100}",
                "(((((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}",
                "[ab]{1000}c{1000}d{1000}",
                "(?:(?:a{50}|b){50}){2}",
            })
    void wrongAndLargePatternsAreRefused(String pattern) {
        assertThatThrownBy(() -> RegexPattern.compile(pattern)).isInstanceOf(PatternSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{1000}", "(?i)x{2,5}[}{]{3}\\{9\\}", "((a|b){10}){10}", "{", "a{,5}", "\\p{L}+"})
    void ordinaryPatternsAreTaken(String pattern) {
        assertThat(RegexPattern.compile(pattern)).isNotNull();
    }

    @Test
    void mentionsAreCountedOnce() {
        MentionTrigger trigger = new MentionTrigger(2);

        assertThat(trigger.find(FoldedText.of("<@1> <@!1> <@1> <@2>"))).isNull();
        assertThat(trigger.find(FoldedText.of("<@1> <@2> <@&2>"))).isNotNull();
    }

    @Test
    void floodsAreSpam() {
        SpamTrigger trigger = new SpamTrigger();

        assertThat(trigger.find(FoldedText.of("a".repeat(40)))).isNotNull();
        assertThat(trigger.find(FoldedText.of("buy ".repeat(12)))).isNotNull();
        assertThat(trigger.find(FoldedText.of("https://a.example ".repeat(6)))).isNotNull();
        assertThat(trigger.find(FoldedText.of("ㅋ".repeat(20) + " that is very very very good")))
                .isNull();
        assertThat(trigger.find(FoldedText.of(" ".repeat(60)))).isNull();
    }

    private static Trigger.Match find(
            List<String> keywords, List<String> patterns, List<String> allowed, String content) {
        return KeywordTrigger.of(keywords, patterns, allowed).find(FoldedText.of(content));
    }
}
