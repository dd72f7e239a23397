package dev.parley.automod;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.jdbi.v3.core.Handle;

/**
 * The rules of guilds. All that is done with them needs MANAGE_GUILD (Discord documentation, "Auto Moderation").
 *
 * <p>Thread-safe.
 */
public final class AutoModRules {

    private static final int MOST_KEYWORD_RULES = 6;
    private static final List<String> AUDITED = List.of(
            "name",
            "event_type",
            "trigger_type",
            "trigger_metadata",
            "actions",
            "enabled",
            "exempt_roles",
            "exempt_channels");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Guilds guilds;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final AutoMod autoMod;

    public AutoModRules(
            Database database,
            SnowflakeGenerator ids,
            Guilds guilds,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher,
            AutoMod autoMod) {
        this.database = database;
        this.ids = ids;
        this.guilds = guilds;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
        this.autoMod = autoMod;
    }

    /**
     * The rules of a guild, the oldest first.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS}
     */
    public ArrayNode list(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, userId).require(Permission.MANAGE_GUILD);
            ArrayNode bodies = Json.array();
            RuleRows.ofGuild(handle, guildId).forEach(rule -> bodies.add(rule.body()));
            return bodies;
        });
    }

    /**
     * A rule.
     *
     * @throws ApiException {@code NOT_FOUND}; and as {@link #list}
     */
    public ObjectNode get(Snowflake guildId, Snowflake userId, Snowflake ruleId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, userId).require(Permission.MANAGE_GUILD);
            return find(handle, guildId, ruleId).body();
        });
    }

    /**
     * Makes a rule. A guild has at the most six for keywords and one of each other kind.
     *
     * @return the rule
     * @throws ApiException if the form is wrong or the user may not
     */
    public ObjectNode create(Snowflake guildId, Actor actor, Form form) {
        return change(guildId, actor, (handle, standing) -> {
            AutoModRule rule = RuleForm.create(form, ids.next(), guildId, actor.userId());
            requireRoom(handle, rule);
            requireMay(handle, standing, rule);
            RuleRows.insert(handle, rule);
            return new Changed(
                    rule.body(),
                    event(DispatchType.AUTO_MODERATION_RULE_CREATE, rule),
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.AUTO_MODERATION_RULE_CREATE,
                            rule.id(),
                            AuditChanges.created(rule.body(), AUDITED)));
        });
    }

    /**
     * Changes a rule; what triggers it stays of the same kind.
     *
     * @return the rule as it is now
     * @throws ApiException {@code NOT_FOUND}, or if the form is wrong or the user may not
     */
    public ObjectNode modify(Snowflake guildId, Actor actor, Snowflake ruleId, Form form) {
        return change(guildId, actor, (handle, standing) -> {
            AutoModRule before = find(handle, guildId, ruleId);
            AutoModRule after = RuleForm.apply(form, before);
            requireMay(handle, standing, after);
            RuleRows.update(handle, after);
            return new Changed(
                    after.body(),
                    event(DispatchType.AUTO_MODERATION_RULE_UPDATE, after),
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.AUTO_MODERATION_RULE_UPDATE,
                            ruleId,
                            AuditChanges.between(before.body(), after.body(), AUDITED)));
        });
    }

    /**
     * Removes a rule.
     *
     * @throws ApiException {@code NOT_FOUND}, or if the user may not
     */
    public void delete(Snowflake guildId, Actor actor, Snowflake ruleId) {
        change(guildId, actor, (handle, standing) -> {
            AutoModRule rule = find(handle, guildId, ruleId);
            RuleRows.delete(handle, rule);
            return new Changed(
                    rule.body(),
                    event(DispatchType.AUTO_MODERATION_RULE_DELETE, rule),
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.AUTO_MODERATION_RULE_DELETE,
                            ruleId,
                            AuditChanges.deleted(rule.body(), AUDITED)));
        });
    }

    private record Changed(ObjectNode body, Event event, AuditEntry entry) {}

    private interface Change {

        Changed apply(Handle handle, Standing standing);
    }

    private ObjectNode change(Snowflake guildId, Actor actor, Change change) {
        record Done(ObjectNode body, List<Event> events) {}
        Done done = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_GUILD);
            Changed changed = change.apply(handle, standing);
            outbox.add(handle, changed.event());
            return new Done(
                    changed.body(),
                    changed.entry().changes().isEmpty()
                            ? List.of(changed.event())
                            : List.of(changed.event(), auditLog.append(handle, changed.entry())));
        });
        autoMod.rulesChanged(guildId);
        publisher.publish(done.events());
        return done.body();
    }

    private Event event(DispatchType type, AutoModRule rule) {
        return new Event(
                ids.next(),
                type,
                new Audience.Privileged(rule.guildId(), null, Permission.MANAGE_GUILD.mask()),
                rule.body());
    }

    private static AutoModRule find(Handle handle, Snowflake guildId, Snowflake ruleId) {
        return RuleRows.find(handle, guildId, ruleId).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND));
    }

    private static void requireRoom(Handle handle, AutoModRule rule) {
        long same = RuleRows.ofGuild(handle, rule.guildId()).stream()
                .filter(other -> other.triggerType() == rule.triggerType())
                .count();
        if (same >= (rule.triggerType() == AutoModRule.KEYWORD ? MOST_KEYWORD_RULES : 1)) {
            throw Form.refusal(
                    "trigger_type",
                    "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED",
                    "Maximum number of rules of this type exceeded");
        }
    }

    /** What a rule does, its maker must be allowed to do; and an alert needs a channel of the guild. */
    private static void requireMay(Handle handle, Standing standing, AutoModRule rule) {
        if (!rule.action(AutoModRule.TIMEOUT).isMissingNode()) {
            standing.require(Permission.MODERATE_MEMBERS);
        }
        String channel = rule.action(AutoModRule.SEND_ALERT_MESSAGE)
                .path("metadata")
                .path("channel_id")
                .asText();
        Snowflake channelId = Snowflake.parseOrNull(channel);
        if (channelId != null
                && !handle.select(
                                "SELECT EXISTS (SELECT 1 FROM channels WHERE id = ? AND guild_id = ?)",
                                channelId.value(),
                                rule.guildId().value())
                        .mapTo(Boolean.class)
                        .one()) {
            throw Form.refusal("actions", "CHANNEL_INVALID", "The channel of the alert is not in this guild.");
        }
    }
}
