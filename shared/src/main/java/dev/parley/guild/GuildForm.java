package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a guild that a client asks for (Discord documentation, "Modify Guild"), checked. What needs what Parley does
 * not have, as banners and voice channels, is left out.
 *
 * @param name null if it stays
 * @param ownerId null if it stays
 * @param withoutIcon whether the icon goes
 * @param moved whether the system channel is set
 * @param systemChannelId the system channel; null for none
 * @param settings what else is set, as the guild object names it; null stands for the default
 */
record GuildForm(
        @Nullable String name,
        @Nullable Snowflake ownerId,
        boolean withoutIcon,
        boolean moved,
        @Nullable Snowflake systemChannelId,
        ObjectNode settings) {

    /** The settings that name a channel. */
    static final List<String> CHANNELS =
            List.of("rules_channel_id", "public_updates_channel_id", "safety_alerts_channel_id");

    private static final int MAX_DESCRIPTION = 300;

    /** All flags that are documented (Discord documentation, "System Channel Flags"). */
    static final int SYSTEM_CHANNEL_FLAGS = 0b11_1111;

    /** The settings that are numbers from 0 up to this one. */
    private static final Map<String, Integer> NUMBERS = Map.of(
            "verification_level", 4,
            "default_message_notifications", 1,
            "explicit_content_filter", 2,
            "system_channel_flags", SYSTEM_CHANNEL_FLAGS);

    private static final Set<Integer> AFK_TIMEOUTS = Set.of(60, 300, 900, 1800, 3600);

    /** Discord documentation, "Locales". */
    private static final Set<String> LOCALES = Set.of(
            "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu",
            "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi",
            "zh-CN", "zh-TW");

    /** The features that a client may turn on and off here. */
    private static final Set<String> FEATURES = Set.of("COMMUNITY", "INVITES_DISABLED");

    /**
     * Reads a form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static GuildForm read(Form form) {
        String name = form.has("name") ? form.requiredText("name", 2, 100) : null;
        Snowflake ownerId = form.optionalSnowflake("owner_id");
        Snowflake systemChannelId = form.optionalSnowflake("system_channel_id");
        ObjectNode settings = Json.object();
        if (form.has("description")) {
            String description = form.optionalText("description", 0, MAX_DESCRIPTION);
            settings.put("description", description == null || description.isBlank() ? null : description);
        }
        NUMBERS.forEach((field, most) -> {
            if (form.has(field)) {
                settings.put(field, form.optionalInteger(field, 0, most));
            }
        });
        for (String field : CHANNELS) {
            if (form.has(field)) {
                Snowflake channelId = form.optionalSnowflake(field);
                settings.put(field, channelId == null ? null : channelId.toString());
            }
        }
        if (form.has("premium_progress_bar_enabled")) {
            settings.put("premium_progress_bar_enabled", form.flag("premium_progress_bar_enabled", false));
        }
        if (form.optionalSnowflake("afk_channel_id") != null) {
            form.error("afk_channel_id", "CHANNEL_TYPE_INVALID", "Not a voice channel.");
        }
        readChoices(form, settings);
        readFeatures(form, settings);
        form.check();
        boolean withoutIcon = form.has("icon") && form.raw("icon").isNull();
        return new GuildForm(name, ownerId, withoutIcon, form.has("system_channel_id"), systemChannelId, settings);
    }

    /**
     * The guild with what the form sets, the owner included.
     *
     * @param newIcon the stored icon; null if the form has none
     */
    Guild apply(Guild guild, @Nullable String newIcon) {
        ObjectNode all = guild.settings().deepCopy();
        settings.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                all.remove(field.getKey());
            } else {
                all.set(field.getKey(), field.getValue());
            }
        });
        return new Guild(
                guild.id(),
                name == null ? guild.name() : name,
                newIcon != null ? newIcon : withoutIcon ? null : guild.icon(),
                ownerId == null ? guild.ownerId() : ownerId,
                moved ? systemChannelId : guild.systemChannelId(),
                guild.roles(),
                guild.emojis(),
                all);
    }

    private static void readChoices(Form form, ObjectNode settings) {
        if (form.has("afk_timeout")) {
            Integer timeout = form.optionalInteger("afk_timeout", 60, 3600);
            if (timeout != null && !AFK_TIMEOUTS.contains(timeout)) {
                form.error("afk_timeout", "BASE_TYPE_CHOICES", "Value must be one of {60, 300, 900, 1800, 3600}.");
            }
            settings.put("afk_timeout", timeout);
        }
        if (form.has("preferred_locale")) {
            String locale = form.optionalText("preferred_locale", 2, 10);
            if (locale != null && !LOCALES.contains(locale)) {
                form.error("preferred_locale", "BASE_TYPE_CHOICES", "Not a locale that is known.");
            }
            settings.put("preferred_locale", locale);
        }
    }

    /** Others than those that can be turned on are left out: clients send the whole list. */
    private static void readFeatures(Form form, ObjectNode settings) {
        JsonNode list = form.raw("features");
        if (list.isArray()) {
            Set<String> wanted = new HashSet<>();
            list.forEach(feature -> wanted.add(feature.asText()));
            var features = settings.putArray("features");
            FEATURES.stream().filter(wanted::contains).sorted().forEach(features::add);
        } else if (!list.isMissingNode() && !list.isNull()) {
            form.error("features", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }
    }
}
