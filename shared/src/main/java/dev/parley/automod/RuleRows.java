package dev.parley.automod;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of rules. Everything runs in the caller's transaction. */
final class RuleRows {

    private static final String SELECT = "SELECT id, guild_id, name, creator_id, event_type, trigger_type,"
            + " trigger_metadata, actions, enabled, exempt_roles, exempt_channels FROM automod_rules ";

    private RuleRows() {}

    static List<AutoModRule> ofGuild(Handle handle, Snowflake guildId) {
        return handle.select(SELECT + "WHERE guild_id = ? ORDER BY id", guildId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    static Optional<AutoModRule> find(Handle handle, Snowflake guildId, Snowflake ruleId) {
        return handle.select(SELECT + "WHERE guild_id = ? AND id = ?", guildId.value(), ruleId.value())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    static void insert(Handle handle, AutoModRule rule) {
        handle.execute(
                "INSERT INTO automod_rules (id, guild_id, name, creator_id, event_type, trigger_type, trigger_metadata,"
                        + " actions, enabled, exempt_roles, exempt_channels) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rule.id().value(),
                rule.guildId().value(),
                rule.name(),
                rule.creatorId().value(),
                rule.eventType(),
                rule.triggerType(),
                Json.text(rule.metadata()),
                Json.text(rule.actions()),
                rule.enabled(),
                MemberRows.longs(rule.exemptRoles()),
                MemberRows.longs(rule.exemptChannels()));
        changed(handle, rule.guildId());
    }

    static void update(Handle handle, AutoModRule rule) {
        handle.execute(
                "UPDATE automod_rules SET name = ?, trigger_metadata = ?, actions = ?, enabled = ?, exempt_roles = ?,"
                        + " exempt_channels = ? WHERE id = ?",
                rule.name(),
                Json.text(rule.metadata()),
                Json.text(rule.actions()),
                rule.enabled(),
                MemberRows.longs(rule.exemptRoles()),
                MemberRows.longs(rule.exemptChannels()),
                rule.id().value());
        changed(handle, rule.guildId());
    }

    static void delete(Handle handle, AutoModRule rule) {
        handle.execute("DELETE FROM automod_rules WHERE id = ?", rule.id().value());
        changed(handle, rule.guildId());
    }

    /** The version of a guild's rules; 0 while it has never had any. */
    static long version(Handle handle, Snowflake guildId) {
        return handle.select("SELECT automod_version FROM guilds WHERE id = ?", guildId.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static void changed(Handle handle, Snowflake guildId) {
        handle.execute("UPDATE guilds SET automod_version = automod_version + 1 WHERE id = ?", guildId.value());
    }

    private static AutoModRule read(ResultSet row) throws SQLException {
        return new AutoModRule(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("guild_id")),
                row.getString("name"),
                new Snowflake(row.getLong("creator_id")),
                row.getInt("event_type"),
                row.getInt("trigger_type"),
                (ObjectNode) Json.parse(row.getString("trigger_metadata")),
                (ArrayNode) Json.parse(row.getString("actions")),
                row.getBoolean("enabled"),
                MemberRows.roles(row, "exempt_roles"),
                MemberRows.roles(row, "exempt_channels"));
    }
}
