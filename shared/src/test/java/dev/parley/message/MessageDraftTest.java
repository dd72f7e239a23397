package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDraftTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"content\":\"\"}", "{\"content\":\"  \\n\"}", "{\"content\":null,\"embeds\":[]}"})
    void anEmptyMessageIsRefused(String body) {
        assertThat(refusal(body).code()).isEqualTo(ErrorCode.CANNOT_SEND_EMPTY_MESSAGE);
    }

    @Test
    void twoThousandCharactersPassAndOneMoreDoesNot() {
        assertThat(read("{\"content\":\"" + "😀".repeat(2000) + "\"}").content())
                .hasSize(4000);
        assertThat(refusal("{\"content\":\"" + "a".repeat(2001) + "\"}").code()).isEqualTo(ErrorCode.INVALID_FORM_BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "true", "\"12345678901234567890123456\"", "[1]", "99999999999999999999"})
    void aNonceIsATextOfTwentyFiveOrAWholeNumber(String nonce) {
        assertThat(refusal("{\"content\":\"x\",\"nonce\":" + nonce + "}").code())
                .isEqualTo(ErrorCode.INVALID_FORM_BODY);
    }

    @Test
    void theNonceComesBackAsItWasSent() {
        assertThat(Json.text(read("{\"content\":\"x\",\"nonce\":12}").nonceNode()))
                .isEqualTo("12");
        assertThat(Json.text(read("{\"content\":\"x\",\"nonce\":\"12\"}").nonceNode()))
                .isEqualTo("\"12\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "[{},{},{},{},{},{},{},{},{},{},{}]",
                "[{\"fields\":[{\"name\":\"\",\"value\":\"x\"}]}]",
                "\"text\""
            })
    void embedsOfAnotherShapeAreRefused(String embeds) {
        assertThat(refusal("{\"content\":\"x\",\"embeds\":" + embeds + "}").code())
                .isEqualTo(ErrorCode.INVALID_FORM_BODY);
    }

    @Test
    void embedsTogetherHoldSixThousandCharacters() {
        String embed = "{\"description\":\"" + "a".repeat(3001) + "\"}";

        assertThat(refusal("{\"embeds\":[" + embed + "," + embed + "]}").code()).isEqualTo(ErrorCode.INVALID_FORM_BODY);
    }

    @Test
    void whatAnEmbedHidesInItsCornersIsBounded() {
        String embed = "{\"title\":\"x\",\"author\":{\"junk\":\"" + "a".repeat(60_000) + "\"}}";

        assertThat(refusal("{\"embeds\":[" + embed + "]}").code()).isEqualTo(ErrorCode.INVALID_FORM_BODY);
    }

    @Test
    void mentionsAreThoseThatTheSenderAllows() {
        MessageDraft draft = read("{\"content\":\"<@1> <@!2> <@&3> @everyone\","
                + "\"allowed_mentions\":{\"parse\":[\"roles\"],\"users\":[\"2\"]}}");

        Mentions mentions = Mentions.find(draft.content(), draft.allowedMentions());

        assertThat(mentions.users()).containsExactly(new Snowflake(2));
        assertThat(mentions.roles()).containsExactly(new Snowflake(3));
        assertThat(mentions.everyone()).isFalse();
    }

    private static MessageDraft read(String body) {
        return MessageDraft.read(new Form(Json.parse(body)));
    }

    private static ApiException refusal(String body) {
        return catchThrowableOfType(ApiException.class, () -> read(body));
    }
}
