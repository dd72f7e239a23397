package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a role shall stand.
 *
 * @param position 0 to 1,000; only the role of everyone stands at 0
 */
record RolePosition(Snowflake roleId, int position) {

    private static final int MAX_POSITION = 1000;

    /**
     * Reads a list of {@code {id, position}}; an entry without a position changes nothing and is left out.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static List<RolePosition> read(JsonNode list) {
        if (!list.isArray() || list.size() > Roles.MAX_ROLES) {
            throw Form.refusal("_", "BASE_TYPE_BAD_LENGTH", "Must be a list of 250 or fewer.");
        }
        List<RolePosition> positions = new ArrayList<>();
        Set<Snowflake> seen = new HashSet<>();
        for (JsonNode node : list) {
            Snowflake id = Snowflake.parseOrNull(node.path("id").asText());
            if (id == null || !seen.add(id)) {
                throw Form.refusal("id", "NUMBER_TYPE_COERCE", "Not a list of roles, each once.");
            }
            JsonNode position = node.path("position");
            if (position.isMissingNode() || position.isNull()) {
                continue;
            }
            int value = position.isIntegralNumber() && position.canConvertToInt() ? position.intValue() : -1;
            if (value < 0 || value > MAX_POSITION) {
                throw Form.refusal("position", "NUMBER_TYPE_RANGE", "int value should be between 0 and 1000.");
            }
            positions.add(new RolePosition(id, value));
        }
        return positions;
    }
}
