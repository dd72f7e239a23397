package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an action, or one entry of a batch, was sent with, and holds it to SQS's ranges.
 *
 * @param json the parameters
 */
record SqsRequest(JsonNode json) {

    private static final Duration MAX_VISIBILITY = Duration.ofHours(12);

    /**
     * A text that must be there.
     *
     * @throws SqsError if it is not
     */
    String text(String name) {
        String text = json.path(name).asText();
        if (text.isEmpty()) {
            throw new SqsError(SqsError.Code.MISSING_PARAMETER, "The request must contain the parameter " + name);
        }
        return text;
    }

    /** A text that may be missing. */
    @Nullable String optionalText(String name) {
        String text = json.path(name).asText();
        return text.isEmpty() ? null : text;
    }

    /** The texts of a list; empty if it is not there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /**
     * A whole number.
     *
     * @throws SqsError if it is out of range
     */
    int integer(String name, int min, int max, int otherwise) {
        int value = json.path(name).asInt(otherwise);
        if (value < min || value > max) {
            throw new SqsError(
                    SqsError.Code.INVALID_PARAMETER,
                    "Value " + value + " for parameter " + name + " is invalid. Reason: Must be between " + min
                            + " and " + max);
        }
        return value;
    }

    /** The visibility timeout, 0 s to 12 h; null if it is not there. */
    @Nullable Duration visibility() {
        return json.hasNonNull("VisibilityTimeout")
                ? Duration.ofSeconds(integer("VisibilityTimeout", 0, (int) MAX_VISIBILITY.toSeconds(), 0))
                : null;
    }

    /**
     * The entries of a batch.
     *
     * @throws SqsError if there are none or more than 10, or two have one id
     */
    List<SqsRequest> entries() {
        JsonNode entries = json.path("Entries");
        if (entries.isEmpty()) {
            throw new SqsError(SqsError.Code.EMPTY_BATCH, "There should be at least one entry in the request");
        }
        if (entries.size() > 10) {
            throw new SqsError(SqsError.Code.TOO_MANY_ENTRIES, "A batch has at most 10 entries");
        }
        List<SqsRequest> requests = new ArrayList<>();
        entries.forEach(entry -> requests.add(new SqsRequest(entry)));
        if (requests.stream().map(request -> request.text("Id")).distinct().count() < requests.size()) {
            throw new SqsError(SqsError.Code.IDS_NOT_DISTINCT, "Two entries have one id");
        }
        return requests;
    }
}
