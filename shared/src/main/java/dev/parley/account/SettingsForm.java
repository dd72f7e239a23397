package dev.parley.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that clients of people know, which Discord documents nowhere, and what each may be. */
final class SettingsForm {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_GUILDS = 200;
    private static final int MAX_STATUS_TEXT = 128;

    private static final Set<String> FLAGS = Set.of(
            "show_current_game",
            "inline_attachment_media",
            "inline_embed_media",
            "gif_auto_play",
            "render_embeds",
            "render_reactions",
            "animate_emoji",
            "enable_tts_command",
            "message_display_compact",
            "convert_emoticons",
            "disable_games_tab",
            "developer_mode",
            "detect_platform_accounts",
            "default_guilds_restricted",
            "stream_notifications_enabled",
            "native_phone_integration_enabled",
            "view_nsfw_guilds",
            "allow_accessibility_detection",
            "contact_sync_enabled");

    private static final Map<String, Set<String>> CHOICES = Map.of(
            "theme", Set.of("dark", "light"),
            "status", Set.of("online", "idle", "dnd", "invisible"),
            "locale",
                    Set.of(
                            "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he",
                            "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru",
                            "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW"));

    private record Range(int min, int max) {}

    private static final Map<String, Range> NUMBERS = Map.of(
            "explicit_content_filter", new Range(0, 2),
            "animate_stickers", new Range(0, 2),
            "afk_timeout", new Range(60, 600),
            "timezone_offset", new Range(-840, 840),
            "friend_discovery_flags", new Range(0, 6));

    private static final List<String> GUILD_LISTS = List.of("guild_positions", "restricted_guilds");

    private SettingsForm() {}

    /** What holds for whoever has set nothing. */
    static ObjectNode defaults() {
        ObjectNode settings = Json.object();
        settings.put("theme", "dark");
        settings.put("locale", "en-US");
        settings.put("status", "online");
        settings.put("show_current_game", true);
        settings.put("inline_attachment_media", true);
        settings.put("inline_embed_media", true);
        settings.put("gif_auto_play", true);
        settings.put("render_embeds", true);
        settings.put("render_reactions", true);
        settings.put("animate_emoji", true);
        settings.put("enable_tts_command", true);
        settings.put("message_display_compact", false);
        settings.put("convert_emoticons", true);
        settings.put("developer_mode", false);
        settings.put("default_guilds_restricted", false);
        settings.put("explicit_content_filter", 1);
        settings.put("afk_timeout", 600);
        settings.put("timezone_offset", 0);
        settings.putNull("custom_status");
        settings.putArray("guild_positions");
        settings.putArray("restricted_guilds");
        return settings;
    }

    /**
     * Reads settings that are to be changed.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} with every one that is unknown or wrong
     */
    static ObjectNode read(Form form) {
        ObjectNode read = Json.object();
        for (Iterator<Map.Entry<String, JsonNode>> sent = form.properties(); sent.hasNext(); ) {
            Map.Entry<String, JsonNode> setting = sent.next();
            if (isValid(form, setting.getKey(), setting.getValue())) {
                read.set(setting.getKey(), setting.getValue());
            }
        }
        form.check();
        return read;
    }

    /**
     * Passes if settings are no larger than what is kept of a user.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    static void requireFits(ObjectNode settings) {
        if (Json.bytes(settings).length > MAX_BYTES) {
            throw Form.refusal("settings", "BASE_TYPE_MAX_LENGTH", "Must be 16384 or fewer bytes in length.");
        }
    }

    private static boolean isValid(Form form, String name, JsonNode value) {
        Set<String> choices = CHOICES.get(name);
        Range range = NUMBERS.get(name);
        if (FLAGS.contains(name)) {
            return value.isBoolean() || wrong(form, name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
        if (choices != null) {
            return choices.contains(value.asText())
                    || wrong(form, name, "BASE_TYPE_CHOICES", "Value must be one of the known ones.");
        }
        if (range != null) {
            return (value.canConvertToInt()
                            && value.isIntegralNumber()
                            && value.intValue() >= range.min()
                            && value.intValue() <= range.max())
                    || wrong(
                            form,
                            name,
                            "NUMBER_TYPE_RANGE",
                            "int value should be between " + range.min() + " and " + range.max() + ".");
        }
        if (GUILD_LISTS.contains(name)) {
            return areIds(value) || wrong(form, name, "BASE_TYPE_MAX_LENGTH", "Must be 200 or fewer ids.");
        }
        if (name.equals("custom_status")) {
            return isCustomStatus(value) || wrong(form, name, "MODEL_TYPE_CONVERT", "Not a custom status.");
        }
        return wrong(form, name, "SETTING_UNKNOWN", "Not a setting.");
    }

    private static boolean areIds(JsonNode list) {
        if (!list.isArray() || list.size() > MAX_GUILDS) {
            return false;
        }
        for (JsonNode id : list) {
            if (!id.isTextual() || Snowflake.parseOrNull(id.textValue()) == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCustomStatus(JsonNode status) {
        if (status.isNull()) {
            return true;
        }
        String text = status.path("text").asText("");
        return status.isObject() && text.codePointCount(0, text.length()) <= MAX_STATUS_TEXT;
    }

    private static boolean wrong(Form form, String name, String code, String message) {
        form.error(name, code, message);
        return false;
    }
}
