package dev.parley.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether answers are what Discord's description of its API says. Thread-safe. */
public final class Contract {

    private static final String DOCUMENT = "https://parley.test/openapi.json";
    private static final int ERRORS_SHOWN = 12;

    private final OpenApi api;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    public Contract(OpenApi api) {
        this.api = api;
        ObjectNode document = api.document().deepCopy();
        oneOfToAnyOf(document);
        nameFormErrors(document);
        addForwards(document);
        String text = Json.text(document);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, text)));
    }

    /** The contract; null where Discord's description is not beside the project. */
    public static @Nullable Contract find() {
        return OpenApi.find().map(Contract::new).orElse(null);
    }

    /**
     * What an answer was checked against.
     *
     * @param operation the operation that was called, as {@link OpenApi.Operation#key}
     * @param success whether the answer was one
     */
    public record Checked(String operation, boolean success) {}

    /**
     * Checks an answer.
     *
     * @param path without the API's version and with the query, if there is one
     * @param body a missing node if there is none
     * @return empty if Discord describes no such operation
     * @throws AssertionError if the answer is not as described
     */
    public Optional<Checked> check(String method, String path, int status, JsonNode body) {
        int query = path.indexOf('?');
        OpenApi.Operation operation =
                api.find(method, query < 0 ? path : path.substring(0, query)).orElse(null);
        if (operation == null || status >= 500 || status == 405 || status == 413) {
            return Optional.empty();
        }
        String documented = documented(operation, status);
        JsonNode schema = response(operation, documented).path("content").path("application/json");
        if (schema.isMissingNode()) {
            if (!body.isMissingNode()) {
                throw new AssertionError(operation.key() + " answers " + status + " without a body, but " + body);
            }
        } else {
            validate(operation, documented, status, body);
        }
        return Optional.of(new Checked(operation.key(), status < 400));
    }

    private static String documented(OpenApi.Operation operation, int status) {
        JsonNode responses = operation.description().path("responses");
        if (responses.has(Integer.toString(status))) {
            return Integer.toString(status);
        }
        if (status >= 400) {
            return "4XX";
        }
        throw new AssertionError(operation.key() + " does not answer " + status + ", but one of " + names(responses));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private JsonNode response(OpenApi.Operation operation, String status) {
        JsonNode response = operation.description().path("responses").path(status);
        String reference = response.path("$ref").asText("");
        return reference.isEmpty() ? response : api.document().at(reference.substring(1));
    }

    private void validate(OpenApi.Operation operation, String documented, int status, JsonNode body) {
        String pointer = "/paths/" + escaped(operation.path()) + "/"
                + operation.method().toLowerCase(java.util.Locale.ROOT) + "/responses/" + documented;
        String reference = operation
                .description()
                .path("responses")
                .path(documented)
                .path("$ref")
                .asText("");
        String location = (reference.isEmpty() ? "#" + pointer : reference) + "/content/application~1json/schema";
        Schema schema =
                schemas.computeIfAbsent(location, place -> registry.getSchema(SchemaLocation.of(DOCUMENT + place)));
        List<Error> errors = schema.validate(body);
        if (!errors.isEmpty()) {
            throw new AssertionError(operation.key() + " " + status + " is not as described:\n  "
                    + errors.stream()
                            .limit(ERRORS_SHOWN)
                            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                            .collect(Collectors.joining("\n  "))
                    + "\n" + body);
        }
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }

    /**
     * The description takes the errors of a field for errors of the API, whose code is a number. What Discord sends, and
     * its documentation shows, are names such as {@code BASE_TYPE_REQUIRED} (Discord documentation, "Error Messages").
     */
    private static void nameFormErrors(ObjectNode document) {
        ((ObjectNode) document.at("/components/schemas/InnerErrors/properties/_errors")).set("items", Json.parse("""
                        {"type": "object", "required": ["code", "message"], "additionalProperties": false,
                         "properties": {"code": {"type": "string"}, "message": {"type": "string"}}}
                        """));
    }

    /** The description knows no forwards, which the documentation does ("Message Reference Types"). */
    private static void addForwards(ObjectNode document) {
        ((ObjectNode) document.at("/components/schemas/MessageReferenceType"))
                .set("anyOf", Json.parse("[{\"const\": 0}, {\"const\": 1}]"));
    }

    /**
     * The alternatives of the description overlap (a message component fits several of them, for example), so that
     * {@code oneOf} would refuse Discord's own answers.
     */
    private static void oneOfToAnyOf(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode alternatives = object.remove("oneOf");
            if (alternatives != null) {
                object.set("anyOf", alternatives);
            }
            object.remove("discriminator");
            object.forEach(Contract::oneOfToAnyOf);
        } else if (node instanceof ArrayNode array) {
            array.forEach(Contract::oneOfToAnyOf);
        }
    }
}
