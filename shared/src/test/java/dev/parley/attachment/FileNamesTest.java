package dev.parley.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "cat.png, cat.png",
        "my cat (1).png, my_cat_1.png",
        "SPOILER_cat.png, SPOILER_cat.png",
        "../../etc/passwd, etcpasswd",
        "a..b.txt, a.b.txt",
        ".htaccess, unknown.htaccess",
        "写真.jpg, unknown.jpg",
        "写真, unknown",
        "..., unknown",
        "a\"b\u0000c, abc"
    })
    void keepsWhatIsSafe(String sent, String safe) {
        // When / Then
        assertThat(FileNames.safe(sent)).isEqualTo(safe);
    }

    @Test
    void cutsTheBeginningOfALongName() {
        // When / Then
        assertThat(FileNames.safe("x".repeat(500) + ".tar.gz")).hasSize(200).endsWith("x.tar.gz");
    }
}
