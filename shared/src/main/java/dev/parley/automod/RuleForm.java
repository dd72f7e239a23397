package dev.parley.automod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.PatternSyntaxException;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads rules (Discord documentation, "Auto Moderation"). What a form does not name stays. Of the kinds of rules those for
 * members' profiles are not there, and of the actions the one that keeps a member from interacting.
 */
final class RuleForm {

    private static final int MAX_NAME = 100;
    private static final int MAX_KEYWORDS = 1000;
    private static final int MAX_KEYWORD = 60;
    private static final int MAX_PATTERNS = 10;
    private static final int MAX_PATTERN = 260;
    private static final int MAX_ALLOWED = 100;
    private static final int MAX_ALLOWED_IN_PRESETS = 1000;
    private static final int MAX_MENTIONS = 50;
    private static final int MAX_ROLES = 20;
    private static final int MAX_CHANNELS = 50;
    private static final int MAX_ACTIONS = 5;
    private static final int MAX_CUSTOM_MESSAGE = 300;
    private static final int MAX_TIMEOUT_SECONDS = 2_419_200;

    private static final Set<Integer> TRIGGERS =
            Set.of(AutoModRule.KEYWORD, AutoModRule.SPAM, AutoModRule.KEYWORD_PRESET, AutoModRule.MENTION_SPAM);

    private final Form form;

    private RuleForm(Form form) {
        this.form = form;
    }

    /**
     * A new rule.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static AutoModRule create(Form form, Snowflake id, Snowflake guildId, Snowflake creatorId) {
        String name = form.requiredText("name", 1, MAX_NAME);
        Integer triggerType = form.optionalInteger("trigger_type", 1, 6);
        if (triggerType == null) {
            form.required("trigger_type");
        } else if (!TRIGGERS.contains(triggerType)) {
            form.error("trigger_type", "BASE_TYPE_CHOICES", "Value must be one of {1, 3, 4, 5}.");
        }
        Integer eventType = form.optionalInteger("event_type", 1, 2);
        if (eventType == null) {
            form.required("event_type");
        }
        if (!form.has("actions")) {
            form.required("actions");
        }
        form.check();
        AutoModRule empty = new AutoModRule(
                id,
                guildId,
                name,
                creatorId,
                AutoModRule.MESSAGE_SEND,
                triggerType == null ? 0 : triggerType,
                Json.object(),
                Json.array(),
                false,
                List.of(),
                List.of());
        return apply(form, empty);
    }

    /**
     * A rule as the form changes it.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static AutoModRule apply(Form form, AutoModRule before) {
        return new RuleForm(form).read(before);
    }

    private AutoModRule read(AutoModRule before) {
        String name = form.optionalText("name", 1, MAX_NAME);
        Integer eventType = form.optionalInteger("event_type", 1, 2);
        if (eventType != null && eventType != AutoModRule.MESSAGE_SEND) {
            form.error("event_type", "BASE_TYPE_CHOICES", "Value must be one of {1}.");
        }
        boolean enabled = form.flag("enabled", before.enabled());
        List<Snowflake> roles = ids("exempt_roles", MAX_ROLES, before.exemptRoles());
        List<Snowflake> channels = ids("exempt_channels", MAX_CHANNELS, before.exemptChannels());
        JsonNode wanted = form.raw("trigger_metadata");
        ObjectNode metadata = before.metadata().isEmpty() || form.has("trigger_metadata")
                ? metadata(before, wanted)
                : before.metadata();
        ArrayNode actions = form.has("actions") ? actions(form.raw("actions"), before.triggerType()) : before.actions();
        form.check();
        return new AutoModRule(
                before.id(),
                before.guildId(),
                name == null ? before.name() : name,
                before.creatorId(),
                before.eventType(),
                before.triggerType(),
                metadata,
                actions,
                enabled,
                roles,
                channels);
    }

    /** Of the metadata too, what is not named stays. */
    private ObjectNode metadata(AutoModRule before, JsonNode wanted) {
        ObjectNode merged = before.metadata().deepCopy();
        wanted.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        ObjectNode metadata = Json.object();
        switch (before.triggerType()) {
            case AutoModRule.KEYWORD -> {
                metadata.set("keyword_filter", texts(merged, "keyword_filter", MAX_KEYWORDS, MAX_KEYWORD));
                metadata.set("regex_patterns", patterns(merged));
                metadata.set("allow_list", texts(merged, "allow_list", MAX_ALLOWED, MAX_KEYWORD));
                if (metadata.path("keyword_filter").isEmpty()
                        && metadata.path("regex_patterns").isEmpty()) {
                    form.error("trigger_metadata", "BASE_TYPE_REQUIRED", "A keyword or a pattern is required");
                }
            }
            case AutoModRule.KEYWORD_PRESET -> {
                metadata.set("presets", presets(merged.path("presets")));
                metadata.set("allow_list", texts(merged, "allow_list", MAX_ALLOWED_IN_PRESETS, MAX_KEYWORD));
            }
            case AutoModRule.MENTION_SPAM -> {
                JsonNode limit = merged.path("mention_total_limit");
                if (!limit.isIntegralNumber() || limit.longValue() < 0 || limit.longValue() > MAX_MENTIONS) {
                    form.error(
                            "trigger_metadata",
                            "NUMBER_TYPE_RANGE",
                            "mention_total_limit should be between 0 and " + MAX_MENTIONS + ".");
                }
                metadata.put("mention_total_limit", limit.intValue());
                metadata.put(
                        "mention_raid_protection_enabled",
                        merged.path("mention_raid_protection_enabled").booleanValue());
            }
            default -> {
                // A rule against spam has nothing to set.
            }
        }
        return metadata;
    }

    private ArrayNode texts(JsonNode metadata, String field, int most, int longest) {
        ArrayNode texts = Json.array();
        JsonNode wanted = metadata.path(field);
        if (wanted.size() > most) {
            form.error("trigger_metadata", "BASE_TYPE_MAX_LENGTH", field + " must have " + most + " or fewer entries.");
            return texts;
        }
        for (JsonNode text : wanted) {
            String value = text.asText("");
            int length = value.codePointCount(0, value.length());
            if (!text.isTextual() || length < 1 || length > longest || value.indexOf('\0') >= 0) {
                form.error(
                        "trigger_metadata",
                        "BASE_TYPE_BAD_LENGTH",
                        "Each of " + field + " must be between 1 and " + longest + " in length.");
                return texts;
            }
            texts.add(value);
        }
        return texts;
    }

    private ArrayNode patterns(JsonNode metadata) {
        ArrayNode patterns = texts(metadata, "regex_patterns", MAX_PATTERNS, MAX_PATTERN);
        for (JsonNode pattern : patterns) {
            try {
                RegexPattern.compile(pattern.asText());
            } catch (PatternSyntaxException e) {
                form.error(
                        "trigger_metadata",
                        "AUTO_MODERATION_INVALID_REGEX",
                        "A pattern is not valid: " + e.getDescription());
            }
        }
        return patterns;
    }

    private ArrayNode presets(JsonNode wanted) {
        ArrayNode presets = Json.array();
        Set<Integer> seen = new HashSet<>();
        for (JsonNode preset : wanted) {
            if (!preset.isIntegralNumber() || !Presets.has(preset.intValue())) {
                form.error(
                        "trigger_metadata", "BASE_TYPE_CHOICES", "presets must be of {1, 2}: there is no other list.");
            } else if (seen.add(preset.intValue())) {
                presets.add(preset.intValue());
            }
        }
        return presets;
    }

    private ArrayNode actions(JsonNode wanted, int triggerType) {
        ArrayNode actions = Json.array();
        if (!wanted.isArray() || wanted.isEmpty() || wanted.size() > MAX_ACTIONS) {
            form.error("actions", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and " + MAX_ACTIONS + " in length.");
            return actions;
        }
        Set<Integer> seen = new HashSet<>();
        for (JsonNode one : wanted) {
            int type = one.path("type").asInt();
            JsonNode metadata = one.path("metadata");
            if (!seen.add(type)) {
                form.error("actions", "AUTO_MODERATION_DUPLICATE_ACTION", "An action can be there once only.");
            }
            ObjectNode action = actions.addObject().put("type", type);
            ObjectNode read = action.putObject("metadata");
            switch (type) {
                case AutoModRule.BLOCK_MESSAGE -> block(metadata, read);
                case AutoModRule.SEND_ALERT_MESSAGE -> alert(metadata, read);
                case AutoModRule.TIMEOUT -> timeOut(metadata, read, triggerType);
                default -> form.error("actions", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.");
            }
        }
        return actions;
    }

    private void block(JsonNode metadata, ObjectNode read) {
        String message = metadata.path("custom_message").asText("");
        if (message.codePointCount(0, message.length()) > MAX_CUSTOM_MESSAGE) {
            form.error("actions", "BASE_TYPE_MAX_LENGTH", "Must be " + MAX_CUSTOM_MESSAGE + " or fewer in length.");
        }
        if (!message.isEmpty() && metadata.hasNonNull("custom_message")) {
            read.put("custom_message", message);
        }
    }

    private void alert(JsonNode metadata, ObjectNode read) {
        Snowflake channel = Snowflake.parseOrNull(metadata.path("channel_id").asText());
        if (channel == null) {
            form.error("actions", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        } else {
            read.put("channel_id", channel.toString());
        }
    }

    /** Only what keywords or mentions trigger may time out (Discord documentation, "Action Types"). */
    private void timeOut(JsonNode metadata, ObjectNode read, int triggerType) {
        if (triggerType != AutoModRule.KEYWORD && triggerType != AutoModRule.MENTION_SPAM) {
            form.error("actions", "BASE_TYPE_CHOICES", "This rule cannot time out.");
        }
        JsonNode seconds = metadata.path("duration_seconds");
        if (!seconds.isIntegralNumber() || seconds.longValue() < 0 || seconds.longValue() > MAX_TIMEOUT_SECONDS) {
            form.error(
                    "actions", "NUMBER_TYPE_RANGE", "int value should be between 0 and " + MAX_TIMEOUT_SECONDS + ".");
        }
        read.put("duration_seconds", seconds.intValue());
    }

    private List<Snowflake> ids(String field, int most, List<Snowflake> before) {
        JsonNode wanted = form.raw(field);
        if (wanted.isMissingNode() || wanted.isNull()) {
            return before;
        }
        List<Snowflake> ids = new ArrayList<>();
        if (!wanted.isArray() || wanted.size() > most) {
            form.error(field, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
            return ids;
        }
        for (JsonNode one : wanted) {
            Snowflake id = Snowflake.parseOrNull(one.asText());
            if (id == null) {
                form.error(field, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
                return ids;
            }
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
