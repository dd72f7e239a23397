package dev.parley.application;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of commands. Everything runs in the caller's transaction. */
final class CommandRows {

    private static final String SELECT =
            "SELECT id, application_id, guild_id, type, name, version, definition FROM application_commands ";

    private CommandRows() {}

    /** The commands of one guild, or of all guilds if it is null. */
    static List<Command> of(Handle handle, Snowflake applicationId, @Nullable Snowflake guildId) {
        return handle.select(
                        SELECT + "WHERE application_id = ? AND guild_id IS NOT DISTINCT FROM ?::bigint ORDER BY id",
                        applicationId.value(),
                        value(guildId))
                .map((rs, context) -> read(rs))
                .list();
    }

    static Optional<Command> find(Handle handle, Snowflake id) {
        return handle.select(SELECT + "WHERE id = ?", id.value())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /** What can be used in a guild: of each bot there, the commands of all guilds and of this one. */
    static List<Command> usableIn(Handle handle, Snowflake guildId) {
        return handle.select(
                        SELECT + "WHERE (guild_id IS NULL OR guild_id = ?)"
                                + " AND application_id IN (SELECT m.user_id FROM members m WHERE m.guild_id = ?)"
                                + " ORDER BY application_id, id",
                        guildId.value(),
                        guildId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    /** Takes an application's row until the transaction ends: what changes its commands begins so. */
    static void lock(Handle handle, Snowflake applicationId) {
        handle.select("SELECT id FROM applications WHERE id = ? FOR UPDATE", applicationId.value())
                .mapTo(Long.class)
                .findOne();
    }

    static void insert(Handle handle, Command command) {
        handle.execute(
                "INSERT INTO application_commands (id, application_id, guild_id, type, name, version, definition)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                command.id().value(),
                command.applicationId().value(),
                value(command.guildId()),
                command.type(),
                command.name(),
                command.version().value(),
                Json.text(command.definition()));
    }

    static void update(Handle handle, Command command) {
        handle.execute(
                "UPDATE application_commands SET name = ?, version = ?, definition = ? WHERE id = ?",
                command.name(),
                command.version().value(),
                Json.text(command.definition()),
                command.id().value());
    }

    static void delete(Handle handle, Snowflake id) {
        handle.execute("DELETE FROM application_command_permissions WHERE target_id = ?", id.value());
        handle.execute("DELETE FROM application_commands WHERE id = ?", id.value());
    }

    private static Command read(ResultSet row) throws SQLException {
        long guildId = row.getLong("guild_id");
        return new Command(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("application_id")),
                guildId == 0 ? null : new Snowflake(guildId),
                row.getInt("type"),
                row.getString("name"),
                new Snowflake(row.getLong("version")),
                (ObjectNode) Json.parse(row.getString("definition")));
    }

    private static @Nullable Long value(@Nullable Snowflake id) {
        return id == null ? null : id.value();
    }
}
