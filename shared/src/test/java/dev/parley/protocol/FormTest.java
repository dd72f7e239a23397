package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class FormTest {

    @Test
    void allMistakesAreToldAtOnceInDiscordsShape() {
        // Given
        Form form = new Form(Json.parse("{\"name\":5,\"count\":\"x\"}"));
        form.requiredText("name", 1, 10);
        form.optionalInteger("count", 0, 5);
        form.requiredText("topic", 1, 10);

        // When
        ApiException refusal = catchThrowableOfType(ApiException.class, form::check);

        // Then
        JsonNode body = refusal.body();
        assertThat(body.path("code").asInt()).isEqualTo(50035);
        assertThat(body.path("message").asText()).isEqualTo("Invalid Form Body");
        assertThat(code(body, "name")).isEqualTo("STRING_TYPE_CONVERT");
        assertThat(code(body, "count")).isEqualTo("NUMBER_TYPE_COERCE");
        assertThat(code(body, "topic")).isEqualTo("BASE_TYPE_REQUIRED");
    }

    @Test
    void lengthsCountCodePoints() {
        Form form = new Form(Json.parse("{\"name\":\"😀😀😀\"}"));

        assertThat(form.requiredText("name", 1, 3)).isEqualTo("😀😀😀");
        form.check();
    }

    @Test
    void aTextWithANullCharacterIsRefused() {
        Form form = new Form(Json.parse("{\"name\":\"a\\u0000b\"}"));
        form.requiredText("name", 1, 10);

        assertThatThrownBy(form::check).isInstanceOf(ApiException.class);
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> new Form(Json.parse("[1]"))).isInstanceOf(ApiException.class);
    }

    @Test
    void idsAreReadFromTextAndFromNumbers() {
        Form form = new Form(Json.parse("{\"a\":\"12\",\"b\":12,\"c\":null}"));

        assertThat(form.optionalSnowflake("a")).isEqualTo(form.optionalSnowflake("b"));
        assertThat(form.optionalSnowflake("c")).isNull();
        form.check();
    }

    private static String code(JsonNode body, String field) {
        return body.path("errors")
                .path(field)
                .path("_errors")
                .path(0)
                .path("code")
                .asText();
    }
}
