package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Constraints;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The commands of applications, which an application's bot and owner register (Discord documentation, "Application
 * Commands"). A scope is one guild, which the bot must be in, or all guilds.
 *
 * <p>Thread-safe.
 */
public final class Commands {

    private static final int MAX_CHAT_INPUT = 100;
    private static final int MAX_USER = 15;
    private static final int MAX_MESSAGE = 15;
    private static final int MAX_COMMANDS = MAX_CHAT_INPUT + MAX_USER + MAX_MESSAGE;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Applications applications;

    public Commands(Database database, SnowflakeGenerator ids, Applications applications) {
        this.database = database;
        this.ids = ids;
        this.applications = applications;
    }

    /**
     * Where commands are registered.
     *
     * @param guildId null for all guilds
     */
    public record Scope(Snowflake applicationId, @Nullable Snowflake guildId) {}

    /** A command that was asked for, and whether there was none of its name before. */
    public record Created(ObjectNode body, boolean isNew) {}

    /**
     * The commands of a scope, the oldest first.
     *
     * @param localized whether with all languages
     * @throws ApiException {@code UNKNOWN_APPLICATION}; {@code NOT_AUTHORIZED_FOR_APPLICATION}; {@code MISSING_ACCESS} if
     *     the bot is not in the guild
     */
    public ArrayNode list(Scope scope, Snowflake callerId, boolean localized) {
        require(scope, callerId);
        ArrayNode list = Json.array();
        database.query(handle -> CommandRows.of(handle, scope.applicationId(), scope.guildId()))
                .forEach(command -> list.add(localized ? command.body() : command.bodyWithoutLocalizations()));
        return list;
    }

    /**
     * A command.
     *
     * @throws ApiException as {@link #list}; {@code UNKNOWN_COMMAND}
     */
    public ObjectNode get(Scope scope, Snowflake callerId, Snowflake commandId) {
        require(scope, callerId);
        return database.query(handle -> find(handle, scope, commandId)).body();
    }

    /**
     * Registers a command; one of the same type and name is replaced and keeps its id.
     *
     * @throws ApiException as {@link #list}; {@code MAXIMUM_COMMANDS}; or if the form is wrong
     */
    public Created create(Scope scope, Snowflake callerId, Form form) {
        require(scope, callerId);
        CommandForm wanted = CommandForm.read(form, scope.guildId() != null, null);
        return database.transaction(handle -> {
            CommandRows.lock(handle, scope.applicationId());
            List<Command> existing = CommandRows.of(handle, scope.applicationId(), scope.guildId());
            Command same = named(existing, wanted);
            if (same == null) {
                requireRoom(existing, wanted.type());
            }
            return new Created(store(handle, scope, wanted, same).body(), same == null);
        });
    }

    /**
     * Changes a command.
     *
     * @return the command as it is now
     * @throws ApiException as {@link #get}; or if the form is wrong, or another command has the name
     */
    public ObjectNode modify(Scope scope, Snowflake callerId, Snowflake commandId, Form form) {
        require(scope, callerId);
        try {
            return database.transaction(handle -> {
                CommandRows.lock(handle, scope.applicationId());
                Command before = find(handle, scope, commandId);
                return store(handle, scope, CommandForm.read(form, scope.guildId() != null, before), before)
                        .body();
            });
        } catch (JdbiException e) {
            if (Constraints.uniqueViolation(e) == null) {
                throw e;
            }
            throw Form.refusal(
                    "name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
        }
    }

    /**
     * Removes a command.
     *
     * @throws ApiException as {@link #get}
     */
    public void delete(Scope scope, Snowflake callerId, Snowflake commandId) {
        require(scope, callerId);
        database.transaction(handle -> {
            CommandRows.lock(handle, scope.applicationId());
            CommandRows.delete(handle, find(handle, scope, commandId).id());
            return commandId;
        });
    }

    /**
     * Makes these the commands of a scope, and no others. Those that are there already, by type and name, keep their ids.
     *
     * @param sent a list of commands
     * @return the commands
     * @throws ApiException as {@link #list}; {@code MAXIMUM_COMMANDS}; or if the list is wrong
     */
    public ArrayNode overwrite(Scope scope, Snowflake callerId, JsonNode sent) {
        require(scope, callerId);
        List<CommandForm> wanted = forms(scope, sent);
        ArrayNode list = Json.array();
        database.transaction(handle -> {
            CommandRows.lock(handle, scope.applicationId());
            List<Command> existing = CommandRows.of(handle, scope.applicationId(), scope.guildId());
            List<Command> unwanted = new ArrayList<>(existing);
            wanted.forEach(form -> unwanted.remove(named(existing, form)));
            unwanted.forEach(command -> CommandRows.delete(handle, command.id()));
            wanted.forEach(form ->
                    list.add(store(handle, scope, form, named(existing, form)).body()));
            return list;
        });
        return list;
    }

    /**
     * Passes for who may see and change a scope's commands.
     *
     * @throws ApiException as {@link #list}
     */
    void require(Scope scope, Snowflake callerId) {
        applications.require(scope.applicationId(), callerId);
        Snowflake guildId = scope.guildId();
        if (guildId != null && !applications.isIn(scope.applicationId(), guildId)) {
            throw new ApiException(ErrorCode.MISSING_ACCESS);
        }
    }

    private static List<CommandForm> forms(Scope scope, JsonNode sent) {
        if (!sent.isArray()) {
            throw new ApiException(ErrorCode.INVALID_FORM_BODY, Json.object());
        }
        if (sent.size() > MAX_COMMANDS) {
            throw new ApiException(ErrorCode.MAXIMUM_COMMANDS);
        }
        List<CommandForm> forms = new ArrayList<>();
        ObjectNode errors = Json.object();
        for (int i = 0; i < sent.size(); i++) {
            Form part = new Form(sent.get(i));
            CommandForm form = CommandForm.note(part, scope.guildId() != null, null);
            if (forms.stream()
                    .anyMatch(
                            other -> other.type() == form.type() && other.name().equals(form.name()))) {
                part.error("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
            }
            ObjectNode mistakes = part.errors();
            if (!mistakes.isEmpty()) {
                errors.set(Integer.toString(i), mistakes);
            }
            forms.add(form);
        }
        if (!errors.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID_FORM_BODY, errors);
        }
        for (int type : new int[] {Command.CHAT_INPUT, Command.USER, Command.MESSAGE}) {
            if (forms.stream().filter(form -> form.type() == type).count() > most(type)) {
                throw new ApiException(ErrorCode.MAXIMUM_COMMANDS);
            }
        }
        return forms;
    }

    private Command store(Handle handle, Scope scope, CommandForm form, @Nullable Command before) {
        if (before == null) {
            Command command = new Command(
                    ids.next(),
                    scope.applicationId(),
                    scope.guildId(),
                    form.type(),
                    form.name(),
                    ids.next(),
                    form.definition());
            CommandRows.insert(handle, command);
            return command;
        }
        if (form.describes(before)) {
            return before;
        }
        Command after = new Command(
                before.id(),
                before.applicationId(),
                before.guildId(),
                before.type(),
                form.name(),
                ids.next(),
                form.definition());
        CommandRows.update(handle, after);
        return after;
    }

    private static Command find(Handle handle, Scope scope, Snowflake commandId) {
        return CommandRows.find(handle, commandId)
                .filter(command -> command.applicationId().equals(scope.applicationId())
                        && Objects.equals(command.guildId(), scope.guildId()))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_COMMAND));
    }

    private static @Nullable Command named(List<Command> existing, CommandForm form) {
        return existing.stream()
                .filter(command ->
                        command.type() == form.type() && command.name().equals(form.name()))
                .findFirst()
                .orElse(null);
    }

    private static void requireRoom(List<Command> existing, int type) {
        if (existing.stream().filter(command -> command.type() == type).count() >= most(type)) {
            throw new ApiException(ErrorCode.MAXIMUM_COMMANDS);
        }
    }

    private static int most(int type) {
        return switch (type) {
            case Command.USER -> MAX_USER;
            case Command.MESSAGE -> MAX_MESSAGE;
            default -> MAX_CHAT_INPUT;
        };
    }
}
