package dev.parley.infra.diff;

import java.util.List;

/**
 * What happens to a resource.
 *
 * @param type its CloudFormation type
 * @param properties the properties that differ, as paths with slashes; none for what is added or removed
 */
public record Change(Kind kind, ResourceId id, String type, List<String> properties) {

    /** The kinds, the harmless ones first. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED,
        /** A property differs that needs a replacement in some cases. */
        MAY_BE_REPLACED,
        REPLACED
    }

    public Change {
        properties = List.copyOf(properties);
    }
}
