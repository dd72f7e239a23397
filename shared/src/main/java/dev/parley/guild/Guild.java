package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.emoji.Emoji;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guild with its roles and emojis.
 *
 * @param settings what was set beside the rest of this record, as the guild object names it; it stands for the defaults.
 *     Not to be changed
 */
public record Guild(
        Snowflake id,
        String name,
        @Nullable String icon,
        Snowflake ownerId,
        @Nullable Snowflake systemChannelId,
        List<Role> roles,
        List<Emoji> emojis,
        ObjectNode settings) {

    /** The same guild with other settings. */
    Guild with(ObjectNode newSettings) {
        return new Guild(id, name, icon, ownerId, systemChannelId, roles, emojis, newSettings);
    }

    /** The guild as who thinks of joining sees it (Discord documentation, "Guild Preview Object"), without counts. */
    public ObjectNode preview() {
        return body().retain(
                        "id",
                        "name",
                        "icon",
                        "description",
                        "home_header",
                        "splash",
                        "discovery_splash",
                        "features",
                        "emojis",
                        "stickers");
    }

    /** The same guild with no setting that names the channel. */
    Guild without(Snowflake channelId) {
        ObjectNode rest = settings.deepCopy();
        rest.properties().stream()
                .filter(field -> field.getKey().endsWith("_channel_id")
                        && field.getValue().asText().equals(channelId.toString()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(rest::remove);
        Snowflake system = channelId.equals(systemChannelId) ? null : systemChannelId;
        return new Guild(id, name, icon, ownerId, system, roles, emojis, rest);
    }

    /**
     * The guild as clients see it (Discord documentation, "Guild Object"), with the documented defaults of everything that
     * Parley does not have: strict clients refuse a guild without them.
     */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("name", name);
        body.put("icon", icon);
        body.put("region", "automatic"); // a field of old: Parley has no voice
        body.put("owner_id", ownerId.toString());
        body.put("system_channel_id", systemChannelId == null ? null : systemChannelId.toString());
        var roleBodies = body.putArray("roles");
        roles.forEach(role -> roleBodies.add(role.body()));
        body.put("afk_timeout", 300); // JDA knows 60, 300, 900, 1800 and 3600 only
        body.put("verification_level", 0);
        body.put("default_message_notifications", 0);
        body.put("explicit_content_filter", 0);
        body.put("mfa_level", 0);
        body.put("system_channel_flags", 0);
        body.put("premium_tier", 0);
        body.put("premium_subscription_count", 0);
        body.put("premium_progress_bar_enabled", false);
        body.put("preferred_locale", "en-US");
        body.put("nsfw_level", 0);
        body.put("nsfw", false);
        body.put("widget_enabled", false);
        body.put("max_members", 500_000);
        body.put("max_stage_video_channel_users", 0);
        body.put("max_video_channel_users", 0);
        body.put("region", "deprecated"); // as at Discord since voice regions belong to channels
        body.set("emojis", Emoji.bodies(emojis));
        for (String list : List.of("features", "stickers")) {
            body.putArray(list);
        }
        for (String absent : List.of(
                "icon_hash",
                "home_header",
                "incidents_data",
                "max_presences",
                "widget_channel_id",
                "splash",
                "discovery_splash",
                "afk_channel_id",
                "application_id",
                "rules_channel_id",
                "vanity_url_code",
                "description",
                "banner",
                "public_updates_channel_id",
                "safety_alerts_channel_id",
                "home_header",
                "widget_channel_id",
                "max_presences",
                "incidents_data")) {
            body.putNull(absent);
        }
        body.setAll(settings);
        body.remove(WelcomeScreens.SETTING);
        return body;
    }
}
