package dev.parley.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(SecureRandom::new);

    @Test
    void thePasswordFitsItsHashAndNoOther() {
        String hash = passwords.hash("correct horse");

        assertThat(passwords.verify("correct horse", hash)).isTrue();
        assertThat(passwords.verify("correct horsf", hash)).isFalse();
    }

    @Test
    void theHashIsArgon2idWithTheRecommendedCost() {
        assertThat(passwords.hash("x")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void onePasswordHasManyHashes() {
        assertThat(passwords.hash("same")).isNotEqualTo(passwords.hash("same"));
    }

    @Test
    void whoCannotBeServedInTimeIsToldSo() {
        Passwords busy = new Passwords(SecureRandom::new, 0, Duration.ofMillis(1));

        assertThatThrownBy(() -> busy.hash("x")).isInstanceOf(PasswordsBusyException.class);
    }

    @Test
    void whatIsNoHashFitsNothing() {
        assertThat(passwords.verify("x", "")).isFalse();
        assertThat(passwords.verify("x", "$2b$12$abcdefghijklmnopqrstuv")).isFalse();
    }
}
