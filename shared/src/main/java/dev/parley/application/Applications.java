package dev.parley.application;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.Principal;
import dev.parley.account.Tokens;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.Guilds;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.presence.Presences;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Applications and their bots, as Discord's developer portal has them. An application and its bot user have one id.
 *
 * <p>Thread-safe.
 */
public final class Applications {

    private static final int MAX_APPLICATIONS = 25;

    /** The bot may read the content of all messages (Discord documentation, "Application Flags"). */
    private static final int GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19;

    private static final int GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15;
    private static final int GATEWAY_PRESENCE_LIMITED = 1 << 13;

    /** Parley has no review: every application has the privileged intents. */
    public static final int FLAGS =
            GATEWAY_MESSAGE_CONTENT_LIMITED | GATEWAY_GUILD_MEMBERS_LIMITED | GATEWAY_PRESENCE_LIMITED;

    /** A bot's token does not expire, and clients expect a moment. */
    private static final String NEVER = "9999-12-31T23:59:59+00:00";

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Supplier<SecureRandom> random;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Guilds guilds;
    private final AuditLog auditLog;
    private final EventPublisher publisher;
    private final Presences presences;

    public Applications(
            Database database,
            SnowflakeGenerator ids,
            Supplier<SecureRandom> random,
            Accounts accounts,
            Tokens tokens,
            Guilds guilds,
            AuditLog auditLog,
            EventPublisher publisher,
            Presences presences) {
        this.database = database;
        this.ids = ids;
        this.random = random;
        this.accounts = accounts;
        this.tokens = tokens;
        this.guilds = guilds;
        this.auditLog = auditLog;
        this.publisher = publisher;
        this.presences = presences;
    }

    private record Row(
            Snowflake id,
            Snowflake ownerId,
            String name,
            String description,
            @Nullable String icon,
            boolean botPublic,
            String verifyKey) {}

    /**
     * Makes an application and its bot user. The bot has no token until one is asked for.
     *
     * @param form {@code name}, 1 to 32 characters; {@code description}, at most 400
     * @throws ApiException if the form is wrong, or a bot asks
     */
    public ObjectNode create(Snowflake ownerId, Form form) {
        String name = form.requiredText("name", 1, 32);
        String description = form.optionalText("description", 0, 400);
        boolean botPublic = form.flag("bot_public", true);
        form.check();
        User owner = person(ownerId);
        byte[] verifyKey = new byte[32];
        random.get().nextBytes(verifyKey);
        Row row = new Row(
                ids.next(),
                owner.id(),
                name,
                description == null ? "" : description,
                null,
                botPublic,
                HexFormat.of().formatHex(verifyKey));
        database.transaction(handle -> {
            int count = handle.select("SELECT count(*) FROM applications WHERE owner_id = ?", ownerId.value())
                    .mapTo(Integer.class)
                    .one();
            if (count >= MAX_APPLICATIONS) {
                throw Form.refusal("name", "MAXIMUM_APPLICATIONS", "Maximum number of applications reached (25)");
            }
            User bot = accounts.addBot(handle, row.id(), name);
            handle.execute(
                    "INSERT INTO applications (id, owner_id, name, description, bot_public, verify_key)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    row.id().value(),
                    ownerId.value(),
                    name,
                    row.description(),
                    botPublic,
                    row.verifyKey());
            return bot;
        });
        return body(row);
    }

    /** The applications of a user. */
    public ArrayNode ofOwner(Snowflake ownerId) {
        ArrayNode list = Json.array();
        database.query(handle -> handle.select(
                                "SELECT * FROM applications WHERE owner_id = ? ORDER BY id", ownerId.value())
                        .map((rs, context) -> read(rs))
                        .list())
                .forEach(row -> list.add(body(row)));
        return list;
    }

    /**
     * The application of a bot.
     *
     * @throws ApiException {@code UNKNOWN_APPLICATION} if the caller is no bot
     */
    public ObjectNode ofBot(Snowflake botId) {
        return body(find(botId));
    }

    /**
     * What a bot's token allows (Discord documentation, "Get Current Authorization Information"). People's tokens come
     * from no application.
     *
     * @throws ApiException {@code INVALID_OAUTH2_ACCESS_TOKEN} if the caller is no bot
     */
    public ObjectNode authorization(Principal caller) {
        if (!caller.bot()) {
            throw new ApiException(ErrorCode.INVALID_OAUTH2_ACCESS_TOKEN);
        }
        ObjectNode application = ofBot(caller.userId());
        application.put("flags_new", Integer.toString(FLAGS));
        ObjectNode body = Json.object();
        body.set("application", application);
        body.putArray("scopes").add("bot");
        body.put("expires", NEVER);
        body.set("user", Json.tree(accounts.user(caller.userId())));
        return body;
    }

    /**
     * Replaces the tokens of an application's bot.
     *
     * @return {@code {token}}, which is shown this once
     * @throws ApiException {@code UNKNOWN_APPLICATION} if it is not the caller's
     */
    public ObjectNode resetToken(Snowflake applicationId, Snowflake callerId) {
        Row row = find(applicationId);
        if (!row.ownerId().equals(callerId)) {
            throw new ApiException(ErrorCode.UNKNOWN_APPLICATION);
        }
        ObjectNode body = Json.object();
        body.put("token", tokens.resetForBot(applicationId));
        return body;
    }

    /**
     * Lets a bot into a guild, with a role of its own if permissions are asked for (Discord documentation, "Bot
     * Authorization Flow").
     *
     * @param query the query of the authorization URL: {@code client_id}, {@code scope} with {@code bot}, {@code
     *     permissions}
     * @param form {@code guild_id}, and {@code authorize: true}
     * @throws ApiException if the form is wrong, the caller does not manage the guild, or the bot is not public
     */
    public ObjectNode authorize(Actor actor, Map<String, String> query, Form form) {
        Snowflake applicationId = Snowflake.parseOrNull(query.get("client_id"));
        Snowflake guildId = form.optionalSnowflake("guild_id");
        if (guildId == null) {
            form.required("guild_id");
        }
        if (!form.flag("authorize", false)) {
            form.error("authorize", "AUTHORIZE_REQUIRED", "The authorization was not given.");
        }
        List<String> scopes = List.of(query.getOrDefault("scope", "").split("[ +]", -1));
        if (!scopes.contains("bot")) {
            form.error("scope", "SCOPE_INVALID", "The scope bot is required.");
        }
        Snowflake asked = Snowflake.parseOrNull(query.getOrDefault("permissions", "0"));
        if (asked == null) {
            form.error("permissions", "NUMBER_TYPE_COERCE", "Not a set of permissions.");
        }
        form.check();
        if (applicationId == null || guildId == null || asked == null) {
            throw new ApiException(ErrorCode.UNKNOWN_APPLICATION);
        }
        Row row = find(applicationId);
        Snowflake callerId = actor.userId();
        if (!row.botPublic() && !row.ownerId().equals(callerId)) {
            throw new ApiException(ErrorCode.UNKNOWN_APPLICATION);
        }
        person(callerId);
        add(accounts.user(applicationId), guildId, actor, asked.value());
        ObjectNode body = Json.object();
        body.put("location", "/oauth2/authorized");
        return body;
    }

    /**
     * An application, for its bot and its owner.
     *
     * @throws ApiException {@code UNKNOWN_APPLICATION}; {@code NOT_AUTHORIZED_FOR_APPLICATION}
     */
    public ObjectNode get(Snowflake applicationId, Snowflake callerId) {
        require(applicationId, callerId);
        return body(find(applicationId));
    }

    /**
     * Changes an application, for its bot and its owner. What Discord can also be told of one, and Parley has no use for, is
     * passed over.
     *
     * @param form {@code description}, at most 400 characters
     * @return the application as it is now
     * @throws ApiException as {@link #get}; or if the form is wrong
     */
    public ObjectNode modify(Snowflake applicationId, Snowflake callerId, Form form) {
        require(applicationId, callerId);
        String description = form.optionalText("description", 0, 400);
        form.check();
        if (form.has("description")) {
            database.query(handle -> handle.execute(
                    "UPDATE applications SET description = ? WHERE id = ?",
                    description == null ? "" : description,
                    applicationId.value()));
        }
        return body(find(applicationId));
    }

    /**
     * Passes for an application's bot and its owner.
     *
     * @throws ApiException {@code UNKNOWN_APPLICATION}; {@code NOT_AUTHORIZED_FOR_APPLICATION}
     */
    void require(Snowflake applicationId, Snowflake callerId) {
        Row row = find(applicationId);
        if (!callerId.equals(row.id()) && !callerId.equals(row.ownerId())) {
            throw new ApiException(ErrorCode.NOT_AUTHORIZED_FOR_APPLICATION);
        }
    }

    /** Whether an application's bot is in a guild. */
    boolean isIn(Snowflake applicationId, Snowflake guildId) {
        return database.query(handle -> handle.select(
                        "SELECT EXISTS (SELECT 1 FROM members WHERE guild_id = ? AND user_id = ?)",
                        guildId.value(),
                        applicationId.value())
                .mapTo(Boolean.class)
                .one());
    }

    private void add(User bot, Snowflake guildId, Actor actor, long asked) {
        List<Event> events = database.transaction(handle -> {
            long mine = Standing.lock(handle, guildId, actor.userId())
                    .require(Permission.MANAGE_GUILD)
                    .permissions();
            // Nobody hands out what they do not have.
            long permissions = asked & mine & Permission.ALL;
            List<Event> all = new ArrayList<>();
            List<Snowflake> roles = new ArrayList<>();
            boolean member = handle.select(
                            "SELECT EXISTS (SELECT 1 FROM members WHERE guild_id = ? AND user_id = ?)",
                            guildId.value(),
                            bot.id().value())
                    .mapTo(Boolean.class)
                    .one();
            if (!member && permissions != 0) {
                Guilds.RoleAdded role = guilds.addManagedRole(handle, guildId, bot, permissions);
                roles.add(role.roleId());
                all.add(role.event());
            }
            all.addAll(guilds.join(handle, guildId, bot, roles));
            if (!member) {
                all.add(auditLog.append(
                        handle, AuditEntry.of(guildId, actor, AuditAction.BOT_ADD, bot.id(), AuditChanges.none())));
            }
            return all;
        });
        publisher.publish(events);
        if (!events.isEmpty()) {
            presences.joined(bot.id(), guildId);
        }
    }

    private User person(Snowflake userId) {
        User user = accounts.user(userId);
        if (user.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        return user;
    }

    private Row find(Snowflake id) {
        return database.query(handle -> handle.select("SELECT * FROM applications WHERE id = ?", id.value())
                .map((rs, context) -> read(rs))
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_APPLICATION)));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("owner_id")),
                row.getString("name"),
                row.getString("description"),
                row.getString("icon"),
                row.getBoolean("bot_public"),
                row.getString("verify_key"));
    }

    /** The application as its owner and its bot see it (Discord documentation, "Application Object"). */
    private ObjectNode body(Row row) {
        ObjectNode body = Json.object();
        body.put("id", row.id().toString());
        body.put("name", row.name());
        body.put("description", row.description());
        body.put("icon", row.icon());
        body.put("bot_public", row.botPublic());
        body.put("bot_require_code_grant", false);
        body.put("verify_key", row.verifyKey());
        body.put("flags", FLAGS);
        body.put("summary", "");
        body.putNull("team");
        body.putNull("type");
        body.set("owner", Json.tree(accounts.user(row.ownerId())));
        body.set("bot", Json.tree(accounts.user(row.id())));
        addUnused(body);
        body.put("approximate_guild_count", guildCount(row.id()));
        return body;
    }

    /** What every application has on Discord and none has here, with the documented defaults. */
    private static void addUnused(ObjectNode body) {
        body.put("flags_new", Integer.toString(FLAGS));
        body.putNull("interactions_endpoint_url");
        body.putNull("role_connections_verification_url");
        body.put("approximate_user_install_count", 0);
        body.put("approximate_user_authorization_count", 0);
        body.put("explicit_content_filter", 0);
        for (String list : List.of("redirect_uris", "tags", "eligible_oauth2_scopes")) {
            body.putArray(list);
        }
    }

    private int guildCount(Snowflake id) {
        return database.query(handle -> handle.select("SELECT count(*) FROM members WHERE user_id = ?", id.value())
                .mapTo(Integer.class)
                .one());
    }
}
