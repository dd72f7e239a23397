package dev.parley.invite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Invites to guilds.
 *
 * <p>Thread-safe.
 */
public final class Invites {

    private static final String CODE_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int CODE_LENGTH = 10;
    private static final int MAX_INVITES = 1000;

    private static final String SELECT = """
            SELECT i.*, g.name AS guild_name, g.icon AS guild_icon, c.name AS channel_name, c.type AS channel_type,
                   (SELECT count(*) FROM members m WHERE m.guild_id = i.guild_id) AS member_count
            FROM invites i JOIN guilds g ON g.id = i.guild_id JOIN channels c ON c.id = i.channel_id
            WHERE i.code = ? AND (i.expires_at IS NULL OR i.expires_at > now())
              AND (i.max_uses = 0 OR i.uses < i.max_uses)
            """;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Supplier<SecureRandom> random;
    private final Accounts accounts;
    private final Channels channels;
    private final Guilds guilds;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Invites(
            Database database,
            SnowflakeGenerator ids,
            Supplier<SecureRandom> random,
            Accounts accounts,
            Channels channels,
            Guilds guilds,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.random = random;
        this.accounts = accounts;
        this.channels = channels;
        this.guilds = guilds;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    private record Row(
            String code,
            Snowflake guildId,
            Snowflake channelId,
            Snowflake inviterId,
            int maxUses,
            int uses,
            int maxAge,
            boolean temporary,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String guildName,
            @Nullable String guildIcon,
            String channelName,
            int channelType,
            int memberCount) {}

    /**
     * Makes an invite; asked again for the same kind, it gives the same one unless {@code unique} is set.
     *
     * @throws ApiException if the form is wrong, or the user may not invite to the channel
     */
    public ObjectNode create(Snowflake channelId, Snowflake userId, Form form) {
        InviteDraft draft = InviteDraft.read(form);
        ChannelAccess access = channels.access(channelId, userId);
        Channel channel = access.channel();
        Snowflake guildId = channel.guildId();
        if (guildId == null) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        access.require(Permission.CREATE_INSTANT_INVITE);
        String existing = draft.unique() ? null : same(channelId, userId, draft);
        if (existing != null) {
            return body(find(existing), true);
        }
        String code = newCode();
        Event event = database.transaction(handle -> {
            int count = handle.select("SELECT count(*) FROM invites WHERE guild_id = ?", guildId.value())
                    .mapTo(Integer.class)
                    .one();
            if (count >= MAX_INVITES) {
                throw new ApiException(ErrorCode.MAXIMUM_INVITES);
            }
            handle.execute(
                    "INSERT INTO invites (code, guild_id, channel_id, inviter_id, max_uses, max_age, temporary,"
                            + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?,"
                            + " CASE WHEN ? = 0 THEN NULL ELSE now() + make_interval(secs => ?) END)",
                    code,
                    guildId.value(),
                    channelId.value(),
                    userId.value(),
                    draft.maxUses(),
                    draft.maxAge(),
                    draft.temporary(),
                    draft.maxAge(),
                    draft.maxAge());
            ObjectNode data = Json.object();
            data.put("code", code);
            data.put("guild_id", guildId.toString());
            data.put("channel_id", channelId.toString());
            data.put("max_age", draft.maxAge());
            data.put("max_uses", draft.maxUses());
            data.put("temporary", draft.temporary());
            data.put("uses", 0);
            data.put("type", 0);
            data.put(
                    "created_at",
                    handle.select("SELECT created_at FROM invites WHERE code = ?", code)
                            .map((rs, context) ->
                                    MemberRows.instant(rs, "created_at").toString())
                            .one());
            data.set("inviter", Json.tree(accounts.user(userId)));
            Event created =
                    new Event(ids.next(), DispatchType.INVITE_CREATE, new Audience.Guild(guildId, channelId), data);
            outbox.add(handle, created);
            return created;
        });
        publisher.publish(event);
        return body(find(code), true);
    }

    /**
     * An invite as anybody sees it.
     *
     * @throws ApiException {@code UNKNOWN_INVITE} if there is none, or it has ended
     */
    public ObjectNode get(String code) {
        return body(find(code), false);
    }

    /**
     * Joins the guild of an invite; for a member nothing changes and no use is counted.
     *
     * @throws ApiException {@code UNKNOWN_INVITE}; {@code BOTS_CANNOT_USE}; {@code MAXIMUM_GUILDS}
     */
    public ObjectNode accept(String code, Snowflake userId) {
        User user = accounts.user(userId);
        if (user.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        record Joined(Row row, List<Event> events) {}
        Joined joined = database.transaction(handle -> {
            // The guild's row first, as everywhere: a guild that is deleted at the same moment wants both, too.
            Guilds.lock(handle, find(handle, code, "").guildId());
            Row row = find(handle, code, " FOR UPDATE OF i");
            List<Event> events = guilds.join(handle, row.guildId(), user, List.of());
            if (!events.isEmpty()) {
                handle.execute("UPDATE invites SET uses = uses + 1 WHERE code = ?", code);
            }
            return new Joined(row, events);
        });
        publisher.publish(joined.events());
        ObjectNode body = body(joined.row(), false);
        body.put("new_member", !joined.events().isEmpty());
        return body;
    }

    private @Nullable String same(Snowflake channelId, Snowflake userId, InviteDraft draft) {
        return database.query(handle -> handle.select(
                        "SELECT code FROM invites WHERE channel_id = ? AND inviter_id = ? AND max_uses = ?"
                                + " AND max_age = ? AND temporary = ? AND (max_uses = 0 OR uses < max_uses)"
                                + " AND (expires_at IS NULL OR expires_at > now()) LIMIT 1",
                        channelId.value(),
                        userId.value(),
                        draft.maxUses(),
                        draft.maxAge(),
                        draft.temporary())
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    }

    private Row find(String code) {
        return database.query(handle -> find(handle, code, ""));
    }

    private static Row find(Handle handle, String code, String lock) {
        if (code.length() > 32 || code.indexOf('\0') >= 0) {
            throw new ApiException(ErrorCode.UNKNOWN_INVITE);
        }
        return handle.select(SELECT + lock, code)
                .map((rs, context) -> read(rs))
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_INVITE));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString("code"),
                new Snowflake(row.getLong("guild_id")),
                new Snowflake(row.getLong("channel_id")),
                new Snowflake(row.getLong("inviter_id")),
                row.getInt("max_uses"),
                row.getInt("uses"),
                row.getInt("max_age"),
                row.getBoolean("temporary"),
                MemberRows.instant(row, "created_at"),
                row.getObject("expires_at") == null ? null : MemberRows.instant(row, "expires_at"),
                row.getString("guild_name"),
                row.getString("guild_icon"),
                row.getString("channel_name"),
                row.getInt("channel_type"),
                row.getInt("member_count"));
    }

    /** The invite object; with the metadata that only who made it gets. */
    private ObjectNode body(Row row, boolean withMetadata) {
        ObjectNode body = Json.object();
        body.put("type", 0);
        body.put("code", row.code());
        ObjectNode guild = body.putObject("guild");
        guild.put("id", row.guildId().toString());
        guild.put("name", row.guildName());
        guild.put("icon", row.guildIcon());
        guild.putNull("splash");
        guild.putNull("banner");
        guild.putNull("description");
        guild.putNull("vanity_url_code");
        guild.put("verification_level", 0);
        guild.put("nsfw_level", 0);
        guild.put("nsfw", false);
        guild.put("premium_subscription_count", 0);
        guild.putArray("features");
        body.put("guild_id", row.guildId().toString());
        ObjectNode channel = body.putObject("channel");
        channel.put("id", row.channelId().toString());
        channel.put("name", row.channelName());
        channel.put("type", row.channelType());
        body.set("inviter", Json.tree(accounts.user(row.inviterId())));
        body.put("approximate_member_count", row.memberCount());
        Instant expiresAt = row.expiresAt();
        body.put("expires_at", expiresAt == null ? null : expiresAt.toString());
        if (withMetadata) {
            body.put("uses", row.uses());
            body.put("max_uses", row.maxUses());
            body.put("max_age", row.maxAge());
            body.put("temporary", row.temporary());
            body.put("created_at", row.createdAt().toString());
        }
        return body;
    }

    private String newCode() {
        SecureRandom source = random.get();
        StringBuilder code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(CODE_LETTERS.charAt(source.nextInt(CODE_LETTERS.length())));
        }
        return code.toString();
    }
}
