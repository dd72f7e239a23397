package dev.parley.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    @Test
    void aRegistrationIsRead() {
        Registration registration = read("anna", "anna@example.com", "12345678");

        assertThat(registration.username()).isEqualTo("anna");
        assertThat(registration.toString()).doesNotContain("12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "has space", "x<script>", "a@b", "\u202Eevil"})
    void aUsernameOfOtherCharactersIsRefused(String username) {
        assertThat(refusedField(username, "a@example.com", "12345678")).contains("username");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "anna@", "@example.com", "anna@example", "a b@example.com", "anna@ex..com"})
    void whatIsNoAddressIsRefused(String email) {
        assertThat(refusedField("anna", email, "12345678")).contains("email");
    }

    @Test
    void aShortPasswordIsRefused() {
        assertThat(refusedField("anna", "a@example.com", "1234567")).contains("password");
    }

    private static Registration read(String username, String email, String password) {
        return Registration.read(new Form(
                Json.object().put("username", username).put("email", email).put("password", password)));
    }

    private static String refusedField(String username, String email, String password) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> read(username, email, password));
        return String.join(
                ",", (Iterable<String>) () -> refusal.body().path("errors").fieldNames());
    }
}
