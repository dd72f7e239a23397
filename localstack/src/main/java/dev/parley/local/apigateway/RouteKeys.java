package dev.parley.local.apigateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.StringJoiner;

/**
 * Evaluates {@code $request.body.op}. "Create routes for WebSocket APIs in API Gateway": the result of the JSON path is
 * turned into a string, an array into {@code [item1, item2]}, and what is missing is empty.
 *
 * <p>Thread-safe.
 */
final class RouteKeys {

    private static final String FIELD = "op";
    private static final String NONE = "";
    private static final int MAX_DEPTH = 1000;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /** The route key that a message asks for; empty if it is no JSON object or has no {@code op}. */
    String select(String message) {
        try (JsonParser parser = json.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            String key = NONE;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = FIELD.equals(parser.currentName());
                parser.nextToken();
                if (wanted) {
                    key = stringify(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return parser.nextToken() == null ? key : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    private static String stringify(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(stringify(parser));
            }
            return items.toString();
        }
        if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
            return NONE;
        }
        return token == JsonToken.VALUE_NULL ? NONE : parser.getText();
    }
}
