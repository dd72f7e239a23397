package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What new members of a guild are shown.
 *
 * <p>Thread-safe.
 */
public final class WelcomeScreens {

    /** The guild's setting that holds the screen. */
    static final String SETTING = "welcome_screen";

    private static final int MAX_DESCRIPTION = 140;
    private static final int MAX_CHANNELS = 5;
    private static final int MAX_CHANNEL_DESCRIPTION = 50;
    private static final int MAX_EMOJI_NAME = 100;

    private final Database database;
    private final Guilds guilds;
    private final GuildSettings settings;
    private final EventPublisher publisher;

    public WelcomeScreens(Database database, Guilds guilds, GuildSettings settings, EventPublisher publisher) {
        this.database = database;
        this.guilds = guilds;
        this.settings = settings;
        this.publisher = publisher;
    }

    /**
     * A guild's screen; one that is not enabled is for those with MANAGE_GUILD.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_WELCOME_SCREEN} if there is none; {@code
     *     MISSING_PERMISSIONS}
     */
    public ObjectNode get(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            long permissions = guilds.require(handle, guildId, userId).permissions();
            JsonNode screen = GuildRows.find(handle, guildId).settings().path(SETTING);
            if (screen.isMissingNode()) {
                throw new ApiException(ErrorCode.UNKNOWN_WELCOME_SCREEN);
            }
            if (!screen.path("enabled").asBoolean() && !Permission.MANAGE_GUILD.in(permissions)) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            return body(screen);
        });
    }

    /**
     * Changes a guild's screen, which needs MANAGE_GUILD.
     *
     * @param form {@code enabled}; {@code description}, at most 140 characters; {@code welcome_channels}, at most 5
     * @return the screen as it is now
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS}; or if the form is wrong
     */
    public ObjectNode modify(Snowflake guildId, Actor actor, Form form) {
        ObjectNode wanted = read(form);
        record Modified(ObjectNode screen, List<Event> events) {}
        Modified modified = database.transaction(handle -> {
            Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_GUILD);
            requireChannels(handle, guildId, wanted.path("welcome_channels"));
            Guild before = GuildRows.find(handle, guildId);
            ObjectNode all = before.settings().deepCopy();
            ObjectNode screen = all.withObject("/" + SETTING);
            screen.setAll(wanted);
            return new Modified(screen, settings.store(handle, actor, before, before.with(all)));
        });
        publisher.publish(modified.events());
        return body(modified.screen());
    }

    private static ObjectNode read(Form form) {
        ObjectNode screen = Json.object();
        if (form.has("enabled")) {
            screen.put("enabled", form.flag("enabled", false));
        }
        if (form.has("description")) {
            screen.put("description", form.optionalText("description", 0, MAX_DESCRIPTION));
        }
        JsonNode list = form.raw("welcome_channels");
        if (form.has("welcome_channels")) {
            var channels = screen.putArray("welcome_channels");
            if (list.size() > MAX_CHANNELS) {
                form.error("welcome_channels", "BASE_TYPE_BAD_LENGTH", "Must be a list of 5 or fewer.");
            }
            list.forEach(node -> channels.add(readChannel(form, node)));
        }
        form.check();
        return screen;
    }

    private static ObjectNode readChannel(Form form, JsonNode node) {
        Snowflake channelId = Snowflake.parseOrNull(node.path("channel_id").asText());
        String description = node.path("description").asText();
        JsonNode emojiId = node.path("emoji_id");
        String emojiName = node.path("emoji_name").textValue();
        if (channelId == null
                || description.isEmpty()
                || description.codePointCount(0, description.length()) > MAX_CHANNEL_DESCRIPTION
                || (emojiName != null && emojiName.length() > MAX_EMOJI_NAME)
                || (emojiId.isValueNode() && !emojiId.isNull() && Snowflake.parseOrNull(emojiId.asText()) == null)) {
            form.error("welcome_channels", "MODEL_TYPE_CONVERT", "Not a list of channels with descriptions.");
        }
        ObjectNode channel = Json.object();
        channel.put("channel_id", node.path("channel_id").asText());
        channel.put("description", description);
        channel.put("emoji_id", emojiId.isMissingNode() || emojiId.isNull() ? null : emojiId.asText());
        channel.put("emoji_name", emojiName);
        return channel;
    }

    private static void requireChannels(Handle handle, Snowflake guildId, JsonNode channels) {
        for (JsonNode channel : channels) {
            if (!GuildSettings.isTextChannel(
                    handle, guildId, Snowflake.parse(channel.path("channel_id").asText()))) {
                throw Form.refusal("welcome_channels", "CHANNEL_INVALID", "Not a text channel of the guild.");
            }
        }
    }

    private static ObjectNode body(JsonNode screen) {
        ObjectNode body = Json.object();
        body.put("description", screen.path("description").textValue());
        body.putArray("welcome_channels");
        if (screen.has("welcome_channels")) {
            body.set("welcome_channels", screen.get("welcome_channels"));
        }
        return body;
    }
}
