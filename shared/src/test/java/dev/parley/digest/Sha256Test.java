package dev.parley.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theDigestIsTheStandards() {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Sha256.of(abc)).isEqualTo(HexFormat.of().parseHex(ABC));
        assertThat(Sha256.of("abc")).isEqualTo(HexFormat.of().parseHex(ABC));
        assertThat(Sha256.hex("abc")).isEqualTo(ABC);
    }

    @Test
    void textIsTakenAsUtf8() {
        assertThat(Sha256.of("안녕")).isEqualTo(Sha256.of("안녕".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aNameIsTheBeginningOfTheDigest() {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Sha256.hex(abc, 12)).isEqualTo(ABC.substring(0, 24));
        assertThat(Sha256.hex(abc, 32)).isEqualTo(ABC);
        assertThatThrownBy(() -> Sha256.hex(abc, 33)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
