package dev.parley.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with files (Discord documentation, "Uploading Files"): fields in {@code payload_json} or as parts of their own, files
 * in {@code files[n]}. Older clients name their files otherwise; then the place among the files is the number.
 */
final class MultipartForm {

    private static final Pattern NUMBERED = Pattern.compile("files\\[(\\d{1,19})]");

    /** Fields whose texts stand for what is no text. */
    private static final Set<String> TRUTH_VALUES = Set.of("tts", "enforce_nonce");

    private MultipartForm() {}

    /**
     * The form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     * @throws InvalidJsonException if {@code payload_json} is none
     */
    static Form read(String contentType, byte[] body) {
        ObjectNode fields = Json.object();
        List<UploadedFile> files = new ArrayList<>();
        JsonNode payload = null;
        for (Multipart.Part part : Multipart.parse(contentType, body)) {
            String filename = part.filename();
            if (filename != null) {
                Matcher numbered = NUMBERED.matcher(part.name());
                String id = numbered.matches() ? numbered.group(1) : Integer.toString(files.size());
                files.add(new UploadedFile(id, filename, part.contentType(), part.bytes()));
            } else if (part.name().equals("payload_json")) {
                payload = Json.parse(part.bytes());
            } else {
                add(fields, part);
            }
        }
        return new Form(payload == null ? fields : payload, files);
    }

    private static void add(ObjectNode fields, Multipart.Part part) {
        String text = part.text();
        if (TRUTH_VALUES.contains(part.name()) && (text.equals("true") || text.equals("false"))) {
            fields.put(part.name(), text.equals("true"));
        } else {
            fields.put(part.name(), text);
        }
    }
}
