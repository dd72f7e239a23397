package dev.parley.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.Collection;
import java.util.List;

/**
 * What was changed, key by key (Discord documentation, "Audit Log Change Object"). Not to be changed once an entry has it.
 */
public final class AuditChanges {

    private final ArrayNode changes = Json.array();

    private AuditChanges() {}

    /** Nothing. */
    public static AuditChanges none() {
        return new AuditChanges();
    }

    /** All of these keys of something that is made. */
    public static AuditChanges created(ObjectNode after, Collection<String> keys) {
        return between(Json.object(), after, keys);
    }

    /** All of these keys of something that is removed. */
    public static AuditChanges deleted(ObjectNode before, Collection<String> keys) {
        return between(before, Json.object(), keys);
    }

    /** Those of these keys whose values differ; null and absent are the same. */
    public static AuditChanges between(ObjectNode before, ObjectNode after, Collection<String> keys) {
        AuditChanges changes = new AuditChanges();
        for (String key : keys) {
            JsonNode old = before.path(key);
            JsonNode now = after.path(key);
            boolean none = old.isMissingNode() || old.isNull();
            boolean gone = now.isMissingNode() || now.isNull();
            if (none ? !gone : !old.equals(now)) {
                ObjectNode change = changes.changes.addObject().put("key", key);
                if (!none) {
                    change.set("old_value", old);
                }
                if (!gone) {
                    change.set("new_value", now);
                }
            }
        }
        return changes;
    }

    /** One key more, for example {@code $add}. */
    public AuditChanges with(String key, JsonNode newValue) {
        changes.addObject().put("key", key).set("new_value", newValue);
        return this;
    }

    /** Whether nothing was changed, and no entry is due. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** As clients see them. */
    ArrayNode body() {
        return changes;
    }

    /** The keys that were changed, in order. */
    public List<String> keys() {
        return changes.findValuesAsText("key");
    }
}
