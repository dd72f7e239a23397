package dev.parley.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizationTest {

    @ParameterizedTest
    @CsvSource({
        "Anna, anna",
        "STRASSE, straße",
        "e\u0301mile, Émile", // composed and decomposed
        "ａｎｎａ, anna", // full width
        "ﬁsh, FISH", // a ligature
        "ſam, Sam", // a long s
    })
    void namesThatReadAlikeHaveOneKey(String one, String other) {
        assertThat(Normalization.key(one)).isEqualTo(Normalization.key(other));
    }

    @ParameterizedTest
    @CsvSource({"anna, anne", "김, 금"})
    void differentNamesHaveDifferentKeys(String one, String other) {
        assertThat(Normalization.key(one)).isNotEqualTo(Normalization.key(other));
    }
}
