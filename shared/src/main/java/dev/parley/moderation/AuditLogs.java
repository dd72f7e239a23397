package dev.parley.moderation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.guild.Guilds;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import dev.parley.store.StaleReads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads the audit logs of guilds.
 *
 * <p>Thread-safe.
 */
public final class AuditLogs {

    /** How long an entry is shown (Discord documentation, "Audit Logs Resource"). */
    private static final Duration KEPT = Duration.ofDays(45);

    /** What else entries may be about, which Parley does not list beside them. */
    private static final List<String> NOT_LISTED = List.of(
            "application_commands",
            "auto_moderation_rules",
            "guild_scheduled_events",
            "integrations",
            "threads",
            "webhooks");

    private final Database database;
    private final StaleReads staleReads;
    private final Guilds guilds;
    private final Clock clock;

    public AuditLogs(Database database, StaleReads staleReads, Guilds guilds, Clock clock) {
        this.database = database;
        this.staleReads = staleReads;
        this.guilds = guilds;
        this.clock = clock;
    }

    private record Row(ObjectNode body, Snowflake userId, long targetId) {}

    /**
     * Some entries of a guild's log with the users that they name. Without {@code after} the newest come first, with it
     * the oldest.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild; {@code MISSING_PERMISSIONS} without
     *     VIEW_AUDIT_LOG
     */
    public ObjectNode list(Snowflake guildId, Snowflake callerId, AuditLogQuery query) {
        database.query(handle -> {
            guilds.require(handle, guildId, callerId, Permission.VIEW_AUDIT_LOG);
            return guildId;
        });
        return staleReads.query(guildId, callerId, handle -> {
            List<Row> rows = rows(handle, guildId, query);
            ObjectNode body = Json.object();
            ArrayNode entries = body.putArray("audit_log_entries");
            rows.forEach(row -> entries.add(row.body()));
            body.set("users", users(handle, rows));
            NOT_LISTED.forEach(body::putArray);
            return body;
        });
    }

    private List<Row> rows(Handle handle, Snowflake guildId, AuditLogQuery query) {
        Snowflake before = query.before();
        Snowflake after = query.after();
        long oldest = (clock.instant().minus(KEPT).toEpochMilli() - Snowflake.EPOCH_MILLIS) << 22;
        StringBuilder sql = new StringBuilder("SELECT id, user_id, target_id, action_type, reason, changes, options"
                + " FROM audit_log WHERE guild_id = :guild AND id > :after AND id < :before");
        Snowflake userId = query.userId();
        Snowflake targetId = query.targetId();
        Integer action = query.actionType();
        sql.append(userId == null ? "" : " AND user_id = :user");
        sql.append(targetId == null ? "" : " AND target_id = :target");
        sql.append(action == null ? "" : " AND action_type = :action");
        sql.append(after == null ? " ORDER BY id DESC" : " ORDER BY id").append(" LIMIT :limit");
        Query statement = handle.createQuery(sql.toString())
                .bind("guild", guildId.value())
                .bind("after", after == null ? oldest : Math.max(oldest, after.value()))
                .bind("before", before == null ? Long.MAX_VALUE : before.value())
                .bind("limit", query.limit());
        if (userId != null) {
            statement.bind("user", userId.value());
        }
        if (targetId != null) {
            statement.bind("target", targetId.value());
        }
        if (action != null) {
            statement.bind("action", action);
        }
        return statement.map((rs, context) -> read(rs)).list();
    }

    private static Row read(ResultSet row) throws SQLException {
        ObjectNode body = Json.object();
        body.put("id", Long.toString(row.getLong("id")));
        body.put("user_id", Long.toString(row.getLong("user_id")));
        long targetId = row.getLong("target_id");
        body.put("target_id", row.wasNull() ? null : Long.toString(targetId));
        body.put("action_type", row.getInt("action_type"));
        ArrayNode changes = (ArrayNode) Json.parse(row.getString("changes"));
        if (!changes.isEmpty()) {
            body.set("changes", changes);
        }
        String options = row.getString("options");
        if (options != null) {
            body.set("options", Json.parse(options));
        }
        String reason = row.getString("reason");
        if (reason != null) {
            body.put("reason", reason);
        }
        return new Row(body, new Snowflake(row.getLong("user_id")), targetId);
    }

    /** Who acted, and those among the targets who are users: an id is of one thing only. */
    private static ArrayNode users(Handle handle, List<Row> rows) {
        Set<Snowflake> ids = new TreeSet<>();
        for (Row row : rows) {
            ids.add(row.userId());
            ids.add(new Snowflake(row.targetId()));
        }
        ArrayNode users = Json.array();
        handle.select("SELECT " + Accounts.USER_COLUMNS + " FROM users u WHERE u.id = ANY (?) ORDER BY u.id", (Object)
                        MemberRows.longs(new ArrayList<>(ids)))
                .map((rs, context) -> Accounts.read(rs))
                .forEach(user -> users.add(Json.tree(user)));
        return users;
    }
}
