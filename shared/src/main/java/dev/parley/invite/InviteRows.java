package dev.parley.invite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of invites. An invite that has ended is not found. Everything runs in the caller's transaction. */
final class InviteRows {

    private static final int LONGEST_CODE = 32;

    private static final String LIVE =
            "(i.expires_at IS NULL OR i.expires_at > now()) AND (i.max_uses = 0 OR i.uses < i.max_uses)";

    private static final String SELECT = "SELECT " + Accounts.USER_COLUMNS + ", " + """
            i.code, i.guild_id, i.channel_id, i.max_uses, i.uses, i.max_age, i.temporary, i.created_at, i.expires_at,
            g.name AS guild_name, g.icon AS guild_icon, g.settings AS guild_settings, c.name AS channel_name,
            c.type AS channel_type
            FROM invites i JOIN guilds g ON g.id = i.guild_id JOIN channels c ON c.id = i.channel_id
            JOIN users u ON u.id = i.inviter_id
            WHERE\s""" + LIVE;

    private InviteRows() {}

    static Optional<Invite> find(Handle handle, String code) {
        return find(handle, code, "");
    }

    /** An invite, whose row is taken until the transaction ends. */
    static Optional<Invite> lock(Handle handle, String code) {
        return find(handle, code, " FOR UPDATE OF i");
    }

    private static Optional<Invite> find(Handle handle, String code, String lock) {
        if (code.length() > LONGEST_CODE || code.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return handle.select(SELECT + " AND i.code = ?" + lock, code)
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /** A guild's invites, the oldest first. */
    static List<Invite> ofGuild(Handle handle, Snowflake guildId) {
        return handle.select(SELECT + " AND i.guild_id = ? ORDER BY i.created_at, i.code", guildId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    /** A channel's invites, the oldest first. */
    static List<Invite> ofChannel(Handle handle, Snowflake channelId) {
        return handle.select(SELECT + " AND i.channel_id = ? ORDER BY i.created_at, i.code", channelId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    /** An invite of the same kind that the user has made. */
    static Optional<Invite> same(Handle handle, Snowflake channelId, Snowflake userId, InviteDraft draft) {
        return handle.select(
                        SELECT + " AND i.channel_id = ? AND i.inviter_id = ? AND i.max_uses = ? AND i.max_age = ?"
                                + " AND i.temporary = ? ORDER BY i.created_at DESC LIMIT 1",
                        channelId.value(),
                        userId.value(),
                        draft.maxUses(),
                        draft.maxAge(),
                        draft.temporary())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /** How many a guild has that have not ended. */
    static int count(Handle handle, Snowflake guildId) {
        return handle.select("SELECT count(*) FROM invites i WHERE i.guild_id = ? AND " + LIVE, guildId.value())
                .mapTo(Integer.class)
                .one();
    }

    static void insert(
            Handle handle,
            String code,
            Snowflake guildId,
            Snowflake channelId,
            Snowflake inviterId,
            InviteDraft draft) {
        handle.execute(
                "INSERT INTO invites (code, guild_id, channel_id, inviter_id, max_uses, max_age, temporary,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?,"
                        + " CASE WHEN ? = 0 THEN NULL ELSE now() + make_interval(secs => ?) END)",
                code,
                guildId.value(),
                channelId.value(),
                inviterId.value(),
                draft.maxUses(),
                draft.maxAge(),
                draft.temporary(),
                draft.maxAge(),
                draft.maxAge());
    }

    /** Counts a use; the last one ends the invite. */
    static void use(Handle handle, Invite invite) {
        if (invite.maxUses() > 0 && invite.uses() + 1 >= invite.maxUses()) {
            delete(handle, invite.code());
        } else {
            handle.execute("UPDATE invites SET uses = uses + 1 WHERE code = ?", invite.code());
        }
    }

    static void delete(Handle handle, String code) {
        handle.execute("DELETE FROM invites WHERE code = ?", code);
    }

    private static Invite read(ResultSet row) throws SQLException {
        Snowflake guildId = new Snowflake(row.getLong("guild_id"));
        Snowflake channelId = new Snowflake(row.getLong("channel_id"));
        ObjectNode channel = Json.object();
        channel.put("id", channelId.toString());
        channel.put("name", row.getString("channel_name"));
        channel.put("type", row.getInt("channel_type"));
        return new Invite(
                row.getString("code"),
                guildId,
                channelId,
                Accounts.read(row),
                row.getInt("max_uses"),
                row.getInt("uses"),
                row.getInt("max_age"),
                row.getBoolean("temporary"),
                MemberRows.instant(row, "created_at"),
                row.getObject("expires_at") == null ? null : MemberRows.instant(row, "expires_at"),
                guild(guildId, row),
                channel);
    }

    private static ObjectNode guild(Snowflake guildId, ResultSet row) throws SQLException {
        ObjectNode settings = (ObjectNode) Json.parse(row.getString("guild_settings"));
        ObjectNode guild = Json.object();
        guild.put("id", guildId.toString());
        guild.put("name", row.getString("guild_name"));
        guild.put("icon", row.getString("guild_icon"));
        guild.putNull("splash");
        guild.putNull("banner");
        guild.put("description", settings.path("description").textValue());
        guild.putNull("vanity_url_code");
        guild.put("verification_level", settings.path("verification_level").asInt(0));
        guild.put("nsfw_level", 0);
        guild.put("nsfw", false);
        guild.put("premium_subscription_count", 0);
        guild.putArray("features");
        return guild;
    }
}
