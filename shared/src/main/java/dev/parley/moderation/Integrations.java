package dev.parley.moderation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Members;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The integrations of guilds: their bots. An integration has the id of its application.
 *
 * <p>Thread-safe.
 */
public final class Integrations {

    /** The most that are listed (Discord documentation, "Get Guild Integrations"). */
    private static final int MOST_LISTED = 50;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Guilds guilds;
    private final Members members;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Integrations(
            Database database,
            SnowflakeGenerator ids,
            Guilds guilds,
            Members members,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.guilds = guilds;
        this.members = members;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * A guild's integrations, at most 50.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS} without MANAGE_GUILD
     */
    public ArrayNode list(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, userId, Permission.MANAGE_GUILD);
            ArrayNode bodies = Json.array();
            handle.select(
                            "SELECT " + Accounts.USER_COLUMNS + ", a.name, a.icon, a.description FROM members m"
                                    + " JOIN applications a ON a.id = m.user_id JOIN users u ON u.id = a.id"
                                    + " WHERE m.guild_id = ? ORDER BY a.id LIMIT ?",
                            guildId.value(),
                            MOST_LISTED)
                    .map((rs, context) -> body(rs))
                    .forEach(bodies::add);
            return bodies;
        });
    }

    /**
     * Removes an integration: its bot leaves the guild, with its role. Needs MANAGE_GUILD, and that the bot is below.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_INTEGRATION}; {@code MISSING_PERMISSIONS}
     */
    public void delete(Snowflake guildId, Actor actor, Snowflake integrationId) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_GUILD);
            Member bot = MemberRows.find(handle, guildId, integrationId)
                    .filter(member -> member.user().bot())
                    .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_INTEGRATION));
            standing.requireAbove(bot);
            List<Event> told = new ArrayList<>(members.remove(handle, guildId, bot.user()));
            Event changed = new Event(
                    ids.next(),
                    DispatchType.GUILD_INTEGRATIONS_UPDATE,
                    new Audience.Guild(guildId, null),
                    Json.object().put("guild_id", guildId.toString()));
            outbox.add(handle, changed);
            told.add(changed);
            told.add(auditLog.append(
                    handle,
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.INTEGRATION_DELETE,
                            integrationId,
                            AuditChanges.deleted(
                                    Json.object()
                                            .put("type", "discord")
                                            .put("name", bot.user().username()),
                                    List.of("type", "name")))));
            return told;
        });
        publisher.publish(events);
    }

    /** An integration (Discord documentation, "Integration Object"). */
    private static ObjectNode body(ResultSet row) throws SQLException {
        User bot = Accounts.read(row);
        ObjectNode body = Json.object();
        body.put("id", bot.id().toString());
        body.put("name", row.getString("name"));
        body.put("type", "discord");
        body.put("enabled", true);
        body.putArray("scopes").add("bot");
        body.putObject("account").put("id", bot.id().toString()).put("name", row.getString("name"));
        ObjectNode application = body.putObject("application");
        application.put("id", bot.id().toString());
        application.put("name", row.getString("name"));
        application.put("icon", row.getString("icon"));
        application.put("description", row.getString("description"));
        application.putNull("type");
        application.set("bot", Json.tree(bot));
        return body;
    }
}
