package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Who may use an application's commands in a guild, and where, beyond what the application itself asks for (Discord
 * documentation, "Application Command Permissions"). The guild's managers say so, and no bot.
 *
 * <p>Thread-safe.
 */
public final class CommandPermissions {

    private static final int MAX = 100;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Applications applications;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public CommandPermissions(
            Database database,
            SnowflakeGenerator ids,
            Accounts accounts,
            Applications applications,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.applications = applications;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * All that is said of an application's commands in a guild.
     *
     * @throws ApiException {@code UNKNOWN_APPLICATION}; {@code MISSING_ACCESS} if the bot is not in the guild; {@code
     *     NOT_AUTHORIZED_FOR_APPLICATION} for who is neither of the application nor in the guild
     */
    public ArrayNode list(Snowflake applicationId, Snowflake guildId, Snowflake callerId) {
        requireReader(applicationId, guildId, callerId);
        ArrayNode list = Json.array();
        database.query(handle -> handle.select(
                                "SELECT target_id, permissions FROM application_command_permissions"
                                        + " WHERE application_id = ? AND guild_id = ? ORDER BY target_id",
                                applicationId.value(),
                                guildId.value())
                        .map((rs, context) ->
                                body(applicationId, guildId, new Snowflake(rs.getLong("target_id")), (ArrayNode)
                                        Json.parse(rs.getString("permissions"))))
                        .list())
                .forEach(list::add);
        return list;
    }

    /**
     * What is said of one command, or of all commands of the application if the id is its own.
     *
     * @throws ApiException as {@link #list}; {@code UNKNOWN_COMMAND}; {@code UNKNOWN_COMMAND_PERMISSIONS} if nothing is
     */
    public ObjectNode get(Snowflake applicationId, Snowflake guildId, Snowflake targetId, Snowflake callerId) {
        requireReader(applicationId, guildId, callerId);
        return database.query(handle -> {
            requireTarget(handle, applicationId, guildId, targetId);
            return find(handle, guildId, targetId)
                    .map(permissions -> body(applicationId, guildId, targetId, permissions))
                    .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_COMMAND_PERMISSIONS));
        });
    }

    /**
     * Says who may use a command, in place of what was said before. Who says so manages the guild and its roles.
     *
     * @param form {@code permissions}, at most 100 of {@code {id, type, permission}}
     * @throws ApiException as {@link #get}; {@code BOTS_CANNOT_USE}; or if the form is wrong or the user may not
     */
    public ObjectNode put(Snowflake applicationId, Snowflake guildId, Snowflake targetId, Actor actor, Form form) {
        if (accounts.user(actor.userId()).bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        ArrayNode permissions = read(form);
        requireReader(applicationId, guildId, actor.userId());
        ObjectNode body = body(applicationId, guildId, targetId, permissions);
        List<Event> events = database.transaction(handle -> {
            Standing.lock(handle, guildId, actor.userId())
                    .require(Permission.MANAGE_GUILD)
                    .require(Permission.MANAGE_ROLES);
            requireTarget(handle, applicationId, guildId, targetId);
            ArrayNode before = find(handle, guildId, targetId).orElseGet(Json::array);
            handle.execute(
                    "INSERT INTO application_command_permissions (guild_id, application_id, target_id, permissions)"
                            + " VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (guild_id, target_id) DO UPDATE SET permissions = excluded.permissions",
                    guildId.value(),
                    applicationId.value(),
                    targetId.value(),
                    Json.text(permissions));
            Event changed = new Event(
                    ids.next(),
                    DispatchType.APPLICATION_COMMAND_PERMISSIONS_UPDATE,
                    new Audience.User(applicationId, guildId),
                    body);
            outbox.add(handle, changed);
            return List.of(
                    changed,
                    auditLog.append(handle, audit(applicationId, guildId, targetId, actor, before, permissions)));
        });
        publisher.publish(events);
        return body;
    }

    /** What is said of a command or an application in a guild, in the caller's transaction. */
    static Optional<ArrayNode> find(Handle handle, Snowflake guildId, Snowflake targetId) {
        return handle.select(
                        "SELECT permissions FROM application_command_permissions WHERE guild_id = ? AND target_id = ?",
                        guildId.value(),
                        targetId.value())
                .map((rs, context) -> (ArrayNode) Json.parse(rs.getString("permissions")))
                .findOne();
    }

    private void requireReader(Snowflake applicationId, Snowflake guildId, Snowflake callerId) {
        try {
            applications.require(applicationId, callerId);
        } catch (ApiException e) {
            if (e.code() != ErrorCode.NOT_AUTHORIZED_FOR_APPLICATION || !applications.isIn(callerId, guildId)) {
                throw e;
            }
        }
        if (!applications.isIn(applicationId, guildId)) {
            throw new ApiException(ErrorCode.MISSING_ACCESS);
        }
    }

    private static void requireTarget(Handle handle, Snowflake applicationId, Snowflake guildId, Snowflake targetId) {
        boolean known = targetId.equals(applicationId)
                || CommandRows.find(handle, targetId)
                        .filter(command -> command.applicationId().equals(applicationId)
                                && (command.guildId() == null || guildId.equals(command.guildId())))
                        .isPresent();
        if (!known) {
            throw new ApiException(ErrorCode.UNKNOWN_COMMAND);
        }
    }

    private static AuditEntry audit(
            Snowflake applicationId,
            Snowflake guildId,
            Snowflake targetId,
            Actor actor,
            ArrayNode before,
            ArrayNode after) {
        ObjectNode old = Json.object();
        before.forEach(one -> old.set(one.path("id").asText(), one));
        ObjectNode now = Json.object();
        after.forEach(one -> now.set(one.path("id").asText(), one));
        List<String> keys = Stream.concat(old.properties().stream(), now.properties().stream())
                .map(Map.Entry::getKey)
                .distinct()
                .toList();
        return new AuditEntry(
                guildId,
                actor,
                AuditAction.APPLICATION_COMMAND_PERMISSION_UPDATE,
                targetId,
                AuditChanges.between(old, now, keys),
                Json.object().put("application_id", applicationId.toString()));
    }

    private static ArrayNode read(Form form) {
        JsonNode sent = form.raw("permissions");
        ArrayNode permissions = Json.array();
        if (!sent.isArray() || sent.size() > MAX) {
            form.error("permissions", "BASE_TYPE_MAX_LENGTH", "Must be a list of 100 or fewer.");
            form.check();
        }
        for (int i = 0; i < sent.size(); i++) {
            Form part = new Form(sent.get(i));
            Snowflake id = part.optionalSnowflake("id");
            Integer type = part.optionalInteger("type", CommandAccess.ROLE, CommandAccess.CHANNEL);
            if (id == null) {
                part.required("id");
            }
            if (type == null) {
                part.required("type");
            }
            boolean permission = part.flag("permission", false);
            form.element("permissions", i, part);
            permissions
                    .addObject()
                    .put("id", id == null ? null : id.toString())
                    .put("type", type)
                    .put("permission", permission);
        }
        form.check();
        return permissions;
    }

    private static ObjectNode body(
            Snowflake applicationId, Snowflake guildId, Snowflake targetId, ArrayNode permissions) {
        ObjectNode body = Json.object();
        body.put("id", targetId.toString());
        body.put("application_id", applicationId.toString());
        body.put("guild_id", guildId.toString());
        body.set("permissions", permissions);
        return body;
    }
}
