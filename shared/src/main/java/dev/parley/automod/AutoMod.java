package dev.parley.automod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.automod.ActiveRules.ActiveRule;
import dev.parley.automod.AutoModActions.Said;
import dev.parley.channel.ChannelAccess;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checks what members are about to say against their guild's rules. Whoever has MANAGE_GUILD or is a bot may say
 * everything.
 *
 * <p>Thread-safe.
 */
public final class AutoMod {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final AutoModActions actions;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final ActiveRules rules;

    public AutoMod(
            Database database,
            SnowflakeGenerator ids,
            AutoModActions actions,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher,
            Clock clock) {
        this.database = database;
        this.ids = ids;
        this.actions = actions;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
        rules = new ActiveRules(database, clock);
    }

    private record Triggered(AutoModRule rule, Trigger.Match match) {}

    /**
     * Checks the content of a message before it is stored or changed, and carries out what the rules that it triggers say.
     *
     * @throws ApiException {@code BLOCKED_BY_AUTO_MODERATION} if one of them blocks it
     */
    public void review(ChannelAccess access, String content) {
        Snowflake guildId = access.channel().guildId();
        Member member = access.member();
        if (guildId == null || member == null || content.isBlank() || isExempt(access, member)) {
            return;
        }
        List<Triggered> triggered = triggered(guildId, access, member, content);
        if (triggered.isEmpty()) {
            return;
        }
        Said said = new Said(access, content, triggered.stream().anyMatch(one -> has(one, AutoModRule.BLOCK_MESSAGE)));
        List<Event> events = database.transaction(handle -> {
            if (triggered.stream().anyMatch(one -> has(one, AutoModRule.TIMEOUT))) {
                Guilds.lock(handle, guildId);
            }
            List<Event> told = new ArrayList<>();
            for (Triggered one : triggered) {
                for (JsonNode action : one.rule().actions()) {
                    execute(handle, one, action, said, told);
                }
            }
            return told;
        });
        publisher.publish(events);
        refuse(triggered);
    }

    /** Lets go of what is known here of a guild's rules. */
    void rulesChanged(Snowflake guildId) {
        rules.forget(guildId);
    }

    private static boolean isExempt(ChannelAccess access, Member member) {
        return member.user().bot() || access.may(Permission.MANAGE_GUILD) || access.may(Permission.ADMINISTRATOR);
    }

    private List<Triggered> triggered(Snowflake guildId, ChannelAccess access, Member member, String content) {
        List<Triggered> triggered = new ArrayList<>();
        List<ActiveRule> active = rules.ofGuild(guildId);
        if (active.isEmpty()) {
            return triggered;
        }
        FoldedText text = FoldedText.of(content);
        for (ActiveRule one : active) {
            AutoModRule rule = one.rule();
            Snowflake parent = access.channel().parentId();
            if (rule.exemptRoles().stream().anyMatch(member.roles()::contains)
                    || rule.exemptChannels().contains(access.channel().id())
                    || (parent != null && rule.exemptChannels().contains(parent))) {
                continue;
            }
            Trigger.Match match = one.trigger().find(text);
            if (match != null) {
                triggered.add(new Triggered(rule, match));
            }
        }
        return triggered;
    }

    private static boolean has(Triggered one, int action) {
        return !one.rule().action(action).isMissingNode();
    }

    private void execute(Handle handle, Triggered one, JsonNode action, Said said, List<Event> told) {
        ChannelAccess access = said.access();
        ObjectNode execution = execution(one, action, said);
        int type = action.path("type").intValue();
        JsonNode metadata = action.path("metadata");
        if (type == AutoModRule.SEND_ALERT_MESSAGE) {
            Snowflake channelId = Snowflake.parse(metadata.path("channel_id").asText());
            actions.alert(handle, one.rule(), one.match(), channelId, said).ifPresent(alert -> {
                execution.set("alert_system_message_id", alert.body().path("id"));
                told.add(alert.event());
            });
        } else if (type == AutoModRule.TIMEOUT) {
            told.addAll(actions.timeOut(
                    handle, one.rule(), metadata.path("duration_seconds").intValue(), said));
        }
        Event event = new Event(
                ids.next(),
                DispatchType.AUTO_MODERATION_ACTION_EXECUTION,
                new Audience.Privileged(one.rule().guildId(), null, Permission.MANAGE_GUILD.mask()),
                execution);
        outbox.add(handle, event);
        told.add(event);
        AuditAction audited = switch (type) {
            case AutoModRule.BLOCK_MESSAGE -> AuditAction.AUTO_MODERATION_BLOCK_MESSAGE;
            case AutoModRule.SEND_ALERT_MESSAGE -> AuditAction.AUTO_MODERATION_FLAG_TO_CHANNEL;
            default -> AuditAction.AUTO_MODERATION_USER_COMMUNICATION_DISABLED;
        };
        ObjectNode options = Json.object();
        options.put("auto_moderation_rule_name", one.rule().name());
        options.put(
                "auto_moderation_rule_trigger_type", Integer.toString(one.rule().triggerType()));
        options.put("channel_id", access.channel().id().toString());
        told.add(auditLog.append(
                handle,
                new AuditEntry(
                        one.rule().guildId(),
                        Actor.of(access.userId()),
                        audited,
                        access.userId(),
                        AuditChanges.none(),
                        options)));
    }

    /** Discord documentation, "Auto Moderation Action Execution Event Fields". */
    private static ObjectNode execution(Triggered one, JsonNode action, Said said) {
        ObjectNode data = Json.object();
        data.put("guild_id", one.rule().guildId().toString());
        data.set("action", action);
        data.put("rule_id", one.rule().id().toString());
        data.put("rule_trigger_type", one.rule().triggerType());
        data.put("user_id", said.access().userId().toString());
        data.put("channel_id", said.access().channel().id().toString());
        data.put("content", said.content());
        data.put("matched_keyword", one.match().keyword());
        data.put("matched_content", one.match().content());
        return data;
    }

    private static void refuse(List<Triggered> triggered) {
        @Nullable String message = null;
        for (Triggered one : triggered) {
            JsonNode block = one.rule().action(AutoModRule.BLOCK_MESSAGE);
            if (!block.isMissingNode() && message == null) {
                message = block.path("metadata").path("custom_message").asText("");
            }
        }
        if (message == null) {
            return;
        }
        if (message.isEmpty()) {
            throw new ApiException(ErrorCode.BLOCKED_BY_AUTO_MODERATION);
        }
        ObjectNode errors = Json.object();
        errors.putObject("content")
                .putArray("_errors")
                .addObject()
                .put("code", "AUTO_MODERATION_MESSAGE_BLOCKED")
                .put("message", message);
        throw new ApiException(ErrorCode.BLOCKED_BY_AUTO_MODERATION, errors);
    }
}
