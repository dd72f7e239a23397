package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=xyz";

    @Test
    void readsFieldsAndFilesAsClientsSendThem() {
        // Given
        String body = lines("""
                --xyz
                Content-Disposition: form-data; name="payload_json"
                Content-Type: application/json

                {"content":"hi"}
                --xyz
                Content-Disposition: form-data; name="files[0]"; filename="a %22b%22.txt"
                Content-Type: text/plain

                line
                --xy

                --xyz--
                """);

        // When
        List<Multipart.Part> parts = Multipart.parse(TYPE, bytes(body));

        // Then
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).text()).isEqualTo("{\"content\":\"hi\"}");
        assertThat(parts.get(0).filename()).isNull();
        assertThat(parts.get(1).name()).isEqualTo("files[0]");
        assertThat(parts.get(1).filename()).isEqualTo("a \"b\".txt");
        assertThat(parts.get(1).contentType()).isEqualTo("text/plain");
        assertThat(parts.get(1).text()).isEqualTo("line\r\n--xy\r\n");
    }

    @Test
    void keepsBinaryBytes() {
        // Given
        byte[] file = new byte[50_000];
        new Random(7).nextBytes(file);
        byte[] head = bytes("preamble\r\n--xyz\r\ncontent-disposition: form-data; name=f; filename=x\r\n\r\n");
        byte[] tail = bytes("\r\n--xyz--");
        byte[] body = new byte[head.length + file.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(file, 0, body, head.length, file.length);
        System.arraycopy(tail, 0, body, head.length + file.length, tail.length);

        // When
        List<Multipart.Part> parts = Multipart.parse("Multipart/Form-Data; charset=utf-8; boundary=\"xyz\"", body);

        // Then
        assertThat(parts)
                .singleElement()
                .satisfies(part -> assertThat(part.bytes()).isEqualTo(file));
    }

    @Test
    void decodesExtendedFileNames() {
        // Given
        String body =
                "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"; filename*=UTF-8''%E2%82%AC+.txt"
                        + "\r\n\r\n\r\n--xyz--";

        // When / Then
        assertThat(Multipart.parse(TYPE, bytes(body)).getFirst().filename()).isEqualTo("€+.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--xyz",
                "--xyz\r\n",
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
                "--xyz\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--xyz--",
                "--xyz\r\nno headers at all\r\n--xyz--",
                "--other--"
            })
    void refusesWhatIsNone(String body) {
        // When / Then
        assertThatThrownBy(() -> Multipart.parse(TYPE, bytes(body)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_FORM_BODY));
    }

    @Test
    void boundsPartsAndTheirHeaders() {
        // Given
        String part = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        String headers = "--xyz\r\nx: " + "y".repeat(9_000)
                + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--";

        // When / Then
        assertThat(Multipart.parse(TYPE, bytes(part.repeat(64) + "--xyz--"))).hasSize(64);
        assertThatThrownBy(() -> Multipart.parse(TYPE, bytes(part.repeat(65) + "--xyz--")))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> Multipart.parse(TYPE, bytes(headers))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> Multipart.parse("multipart/form-data", bytes(part)))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void aFormTakesItsFieldsFromPartsAndNumbersItsFiles() {
        // Given
        String body = lines("""
                --xyz
                Content-Disposition: form-data; name="content"

                hi
                --xyz
                Content-Disposition: form-data; name="tts"

                true
                --xyz
                Content-Disposition: form-data; name="files[7]"; filename="a"


                --xyz
                Content-Disposition: form-data; name="file"; filename="b"


                --xyz--
                """);

        // When
        Form form = Form.multipart(TYPE, bytes(body));

        // Then
        assertThat(form.raw("content").asText()).isEqualTo("hi");
        assertThat(form.flag("tts", false)).isTrue();
        assertThat(form.files()).extracting(UploadedFile::id).containsExactly("7", "1");
    }

    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
