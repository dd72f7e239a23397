package dev.parley.application;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.guild.Guilds;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What users find when they look for commands. Discord documents none of it; this is what its own client asks for.
 *
 * <p>Thread-safe.
 */
public final class CommandIndex {

    private static final int MAX_FOUND = 100;

    private final Database database;
    private final Accounts accounts;
    private final Channels channels;
    private final Guilds guilds;

    public CommandIndex(Database database, Accounts accounts, Channels channels, Guilds guilds) {
        this.database = database;
        this.accounts = accounts;
        this.channels = channels;
        this.guilds = guilds;
    }

    /**
     * What a search looks for.
     *
     * @param type the type of command; null for all
     * @param query how the name begins, in any case; empty for all
     * @param limit at most so many, 1 to 100
     */
    public record Search(@Nullable Integer type, String query, int limit) {

        /** The search that a query string asks for; what it says wrong or not at all is everything. */
        public static Search read(@Nullable String type, @Nullable String query, @Nullable String limit) {
            Snowflake kind = Snowflake.parseOrNull(type);
            Snowflake most = Snowflake.parseOrNull(limit);
            return new Search(
                    kind == null ? null : Integer.valueOf((int) Math.min(kind.value(), Integer.MAX_VALUE)),
                    query == null ? "" : query.strip().toLowerCase(Locale.ROOT),
                    most == null ? MAX_FOUND : Math.clamp(most.value(), 1, MAX_FOUND));
        }
    }

    /**
     * All commands that a guild has, with the applications that they are of; whether the user may use each is for the
     * client to say.
     *
     * @return {@code {applications, application_commands, version}}
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public ObjectNode ofGuild(Snowflake guildId, Snowflake userId) {
        List<Command> commands = database.query(handle -> {
            guilds.require(handle, guildId, userId);
            return CommandRows.usableIn(handle, guildId);
        });
        return body(commands);
    }

    /**
     * The commands that a user may use in a channel.
     *
     * @return {@code {applications, application_commands, version}}
     * @throws ApiException as {@link Channels#access}
     */
    public ObjectNode search(Snowflake channelId, Snowflake userId, Search search) {
        ChannelAccess access = channels.access(channelId, userId);
        Predicate<Command> wanted = command -> (search.type() == null || command.type() == search.type())
                && command.name().toLowerCase(Locale.ROOT).startsWith(search.query());
        return body(database.query(handle -> {
            CommandAccess rules = CommandAccess.in(handle, access);
            return candidates(handle, access).stream()
                    .filter(wanted)
                    .filter(rules::mayUse)
                    .limit(search.limit())
                    .toList();
        }));
    }

    /**
     * A command that a user is about to use in a channel.
     *
     * @throws ApiException {@code UNKNOWN_COMMAND} if it cannot be used there; {@code MISSING_PERMISSIONS} if it can, and
     *     not by this user
     */
    public Command usable(ChannelAccess access, Snowflake applicationId, Snowflake commandId) {
        return database.query(handle -> {
            Command command = candidates(handle, access).stream()
                    .filter(one -> one.id().equals(commandId)
                            && one.applicationId().equals(applicationId)
                            && one.worksIn(access.channel().guildId() == null ? 1 : 0))
                    .findFirst()
                    .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_COMMAND));
            if (!CommandAccess.in(handle, access).mayUse(command)) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            return command;
        });
    }

    private static List<Command> candidates(Handle handle, ChannelAccess access) {
        Snowflake guildId = access.channel().guildId();
        if (guildId != null) {
            return CommandRows.usableIn(handle, guildId);
        }
        List<Command> commands = new ArrayList<>();
        for (Snowflake recipient : access.recipients()) {
            // Only bots have any.
            commands.addAll(CommandRows.of(handle, recipient, null));
        }
        return commands;
    }

    private ObjectNode body(List<Command> commands) {
        ObjectNode body = Json.object();
        ArrayNode applications = body.putArray("applications");
        commands.stream().map(Command::applicationId).distinct().forEach(id -> {
            User bot = accounts.user(id);
            ObjectNode application = applications.addObject();
            application.put("id", id.toString());
            application.put("name", bot.username());
            application.put("description", "");
            application.put("icon", bot.avatar());
            application.set("bot", Json.tree(bot));
        });
        ArrayNode list = body.putArray("application_commands");
        commands.forEach(command -> list.add(command.body()));
        // The newest version of all stands for what the list holds.
        body.put(
                "version",
                commands.stream()
                        .map(Command::version)
                        .max(Snowflake::compareTo)
                        .orElse(new Snowflake(0))
                        .toString());
        return body;
    }
}
