package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.permission.Permission;
import dev.parley.presence.Presence;
import dev.parley.presence.PresenceStore;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is online in a guild, for web pages: anybody may read it while the guild shows it. Parley gives no invite with it, for
 * nobody has made one for the public.
 *
 * <p>Thread-safe.
 */
public final class Widgets {

    /** The most members that are shown (Discord documentation, "Guild Widget Object"). */
    private static final int MOST_SHOWN = 100;

    /** The fields that are in every widget: an id that tells nothing, and a picture that is empty. */
    private static final String NO_PICTURE = "data:,";

    private static final String NO_DISCRIMINATOR = "0000";

    private static final String ENABLED = "widget_enabled";
    private static final String CHANNEL = "widget_channel_id";

    private final Database database;
    private final Guilds guilds;
    private final GuildSettings settings;
    private final GuildCounts counts;
    private final Recipients recipients;
    private final PresenceStore presences;
    private final EventPublisher publisher;

    public Widgets(
            Database database,
            Guilds guilds,
            GuildSettings settings,
            GuildCounts counts,
            Recipients recipients,
            PresenceStore presences,
            EventPublisher publisher) {
        this.database = database;
        this.guilds = guilds;
        this.settings = settings;
        this.counts = counts;
        this.recipients = recipients;
        this.presences = presences;
        this.publisher = publisher;
    }

    /**
     * Whether a guild shows its widget, and the channel that it leads to.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS} without MANAGE_GUILD
     */
    public ObjectNode settings(Snowflake guildId, Snowflake userId) {
        return settingsOf(guilds.get(guildId, userId, Permission.MANAGE_GUILD));
    }

    /**
     * Changes whether a guild shows its widget, which needs MANAGE_GUILD.
     *
     * @param form {@code enabled}; {@code channel_id}, a text channel of the guild, or null
     * @return the settings as they are now
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS}; or if the form is wrong
     */
    public ObjectNode modify(Snowflake guildId, Actor actor, Form form) {
        boolean changesEnabled = form.has("enabled");
        boolean enabled = form.flag("enabled", false);
        boolean changesChannel = form.has("channel_id");
        Snowflake channelId = form.optionalSnowflake("channel_id");
        form.check();
        record Modified(Guild guild, List<Event> events) {}
        Modified modified = database.transaction(handle -> {
            Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_GUILD);
            if (channelId != null && !GuildSettings.isTextChannel(handle, guildId, channelId)) {
                throw Form.refusal("channel_id", "CHANNEL_INVALID", "Not a text channel of the guild.");
            }
            Guild before = GuildRows.find(handle, guildId);
            ObjectNode all = before.settings().deepCopy();
            if (changesEnabled) {
                all.put(ENABLED, enabled);
            }
            if (changesChannel) {
                all.put(CHANNEL, channelId == null ? null : channelId.toString());
            }
            Guild after = before.with(all);
            return new Modified(after, settings.store(handle, actor, before, after));
        });
        publisher.publish(modified.events());
        return settingsOf(modified.guild());
    }

    /**
     * A guild's widget (Discord documentation, "Get Guild Widget").
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code WIDGET_DISABLED}
     */
    public ObjectNode show(Snowflake guildId) {
        Guild guild = database.query(handle -> GuildRows.find(handle, guildId));
        if (!guild.settings().path(ENABLED).asBoolean()) {
            throw new ApiException(ErrorCode.WIDGET_DISABLED);
        }
        ObjectNode body = Json.object();
        body.put("id", guildId.toString());
        body.put("name", guild.name());
        body.putNull("instant_invite");
        body.putArray("channels"); // voice channels are shown, and there are none
        addMembers(body.putArray("members"), guildId);
        body.put("presence_count", counts.online(guildId));
        return body;
    }

    private void addMembers(ArrayNode list, Snowflake guildId) {
        Map<Snowflake, Presence> online = presences.visible(recipients.usersOfGuild(guildId, MOST_SHOWN));
        List<Member> members = database.query(handle -> MemberList.of(handle, guildId, online.keySet()));
        for (Member member : members) {
            Presence presence = Objects.requireNonNull(online.get(member.user().id()));
            ObjectNode shown = list.addObject();
            shown.put("id", Integer.toString(list.size() - 1));
            shown.put("username", name(member));
            shown.put("discriminator", NO_DISCRIMINATOR);
            shown.putNull("avatar");
            shown.put("status", presence.status().text());
            shown.put("avatar_url", NO_PICTURE);
        }
    }

    private static String name(Member member) {
        @Nullable String nick = member.nick();
        @Nullable String display = member.user().globalName();
        return nick != null ? nick : display != null ? display : member.user().username();
    }

    private static ObjectNode settingsOf(Guild guild) {
        ObjectNode body = Json.object();
        body.put("enabled", guild.settings().path(ENABLED).asBoolean());
        body.put("channel_id", guild.settings().path(CHANNEL).textValue());
        return body;
    }
}
