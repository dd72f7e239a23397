package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What users can ask an application to do (Discord documentation, "Application Command Object").
 *
 * @param guildId the only guild that has it; null for all guilds
 * @param type {@link #CHAT_INPUT}, {@link #USER} or {@link #MESSAGE}
 * @param version changes whenever the command does
 * @param definition what the application said of it beside type and name, as the command object names it. Not to be
 *     changed
 */
public record Command(
        Snowflake id,
        Snowflake applicationId,
        @Nullable Snowflake guildId,
        int type,
        String name,
        Snowflake version,
        ObjectNode definition) {

    public static final int CHAT_INPUT = 1;
    public static final int USER = 2;
    public static final int MESSAGE = 3;

    private static final List<String> LOCALIZATIONS = List.of("name_localizations", "description_localizations");

    /** The command as its application and users see it. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("application_id", applicationId.toString());
        body.put("version", version.toString());
        body.put("type", type);
        body.put("name", name);
        if (guildId != null) {
            body.put("guild_id", guildId.toString());
        }
        body.setAll(definition);
        return body;
    }

    /** The command without the texts in other languages, which lists leave out unless they are asked for. */
    ObjectNode bodyWithoutLocalizations() {
        ObjectNode body = body().deepCopy();
        strip(body);
        return body;
    }

    /** The permissions that a member needs for it; null if it needs none. */
    @Nullable Long defaultMemberPermissions() {
        JsonNode permissions = definition.path("default_member_permissions");
        return permissions.isTextual() ? Long.valueOf(permissions.textValue()) : null;
    }

    /**
     * Whether it can be used in a place.
     *
     * @param context 0 for guilds, 1 for direct messages with the bot (Discord documentation, "Interaction Context Types")
     */
    public boolean worksIn(int context) {
        JsonNode contexts = definition.path("contexts");
        if (contexts.isArray()) {
            for (JsonNode one : contexts) {
                if (one.intValue() == context) {
                    return true;
                }
            }
            return false;
        }
        return context == 0 || definition.path("dm_permission").asBoolean(true);
    }

    private static void strip(ObjectNode part) {
        part.remove(LOCALIZATIONS);
        for (String list : List.of("options", "choices")) {
            for (JsonNode inner : part.path(list)) {
                if (inner instanceof ObjectNode object) {
                    strip(object);
                }
            }
        }
    }
}
