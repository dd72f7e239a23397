package dev.parley.account;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.redis.Cache;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Constraints;
import dev.parley.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Users and their sign-in.
 *
 * <p>Thread-safe.
 */
public final class Accounts {

    /** A user's columns, for {@link #read}. */
    public static final String USER_COLUMNS = "u.id, u.username, u.global_name, u.avatar, u.bot";

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Passwords passwords;
    private final Tokens tokens;
    private final Cache<User> cache;

    /**
     * Accounts in a database.
     *
     * @param cache users by id
     */
    public Accounts(Database database, SnowflakeGenerator ids, Passwords passwords, Tokens tokens, Cache<User> cache) {
        this.database = database;
        this.ids = ids;
        this.passwords = passwords;
        this.tokens = tokens;
        this.cache = cache;
    }

    /**
     * Makes an account and signs it in.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if the username or the address is taken
     */
    public SignedIn register(Registration registration) {
        String hash = passwords.hash(registration.password().value());
        User user = User.of(ids.next(), registration.username(), null, null, false);
        try {
            TokenPair pair = database.transaction(handle -> {
                handle.execute(
                        "INSERT INTO users (id, username, username_key, email, email_key, password_hash)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        user.id().value(),
                        user.username(),
                        Normalization.key(user.username()),
                        registration.email(),
                        Normalization.key(registration.email()),
                        hash);
                return tokens.open(handle, user.id());
            });
            return new SignedIn(new CurrentUser(user, registration.email()), pair);
        } catch (JdbiException e) {
            throw taken(e);
        }
    }

    /**
     * Signs in with an address and a password.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if they belong to no account; which of the two is wrong is not said
     */
    public SignedIn login(String email, Secret password) {
        record Row(CurrentUser user, String passwordHash) {}
        Row row = database.query(handle -> handle.select(
                        "SELECT " + USER_COLUMNS + ", u.email, u.password_hash FROM users u WHERE u.email_key = ?",
                        Normalization.key(Normalization.composed(email)))
                .map((rs, context) -> new Row(currentUser(rs), rs.getString("password_hash")))
                .findOne()
                .orElse(null));
        if (row == null) {
            passwords.verifyNothing(password.value());
            throw invalidLogin();
        }
        if (!passwords.verify(password.value(), row.passwordHash())) {
            throw invalidLogin();
        }
        TokenPair pair = database.transaction(
                handle -> tokens.open(handle, row.user().user().id()));
        return new SignedIn(row.user(), pair);
    }

    /**
     * A user with what only that user may see.
     *
     * @throws ApiException {@code UNKNOWN_USER}
     */
    public CurrentUser currentUser(Snowflake id) {
        return database.query(handle -> currentUser(handle, id));
    }

    /** As {@link #currentUser(Snowflake)}, in the caller's transaction. */
    static CurrentUser currentUser(Handle handle, Snowflake id) {
        return handle.select("SELECT " + USER_COLUMNS + ", u.email FROM users u WHERE u.id = ?", id.value())
                .map((rs, context) -> currentUser(rs))
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_USER));
    }

    /**
     * A user as everybody sees it, from the cache where it is there.
     *
     * @throws ApiException {@code UNKNOWN_USER}
     */
    public User user(Snowflake id) {
        User user = cache.get(id.toString(), () -> find(id));
        if (user == null) {
            throw new ApiException(ErrorCode.UNKNOWN_USER);
        }
        return user;
    }

    /** Notes, at most once a day, that a user is here (Discord documentation, "Begin Guild Prune"). */
    public void seen(Snowflake id) {
        database.query(handle -> handle.execute(
                "UPDATE users SET last_seen = current_date WHERE id = ? AND last_seen < current_date", id.value()));
    }

    /** Adds a bot's user, in the caller's transaction. */
    public User addBot(Handle transaction, Snowflake id, String username) {
        transaction.execute(
                "INSERT INTO users (id, username, username_key, bot) VALUES (?, ?, ?, true)",
                id.value(),
                username,
                Normalization.key(username));
        return User.of(id, username, null, null, true);
    }

    /** Reads a row with {@link #USER_COLUMNS}, selected from {@code users u}. */
    public static User read(ResultSet row) throws SQLException {
        return User.of(
                new Snowflake(row.getLong("id")),
                row.getString("username"),
                row.getString("global_name"),
                row.getString("avatar"),
                row.getBoolean("bot"));
    }

    /** Users as everybody sees them, by id, with one statement; who is not there is left out. */
    public static Map<Snowflake, User> users(Handle handle, Collection<Snowflake> ids) {
        Map<Snowflake, User> users = new HashMap<>();
        if (!ids.isEmpty()) {
            handle.select("SELECT " + USER_COLUMNS + " FROM users u WHERE u.id = ANY (?)", (Object)
                            ids.stream().map(Snowflake::value).toArray(Long[]::new))
                    .map((rs, context) -> read(rs))
                    .forEach(user -> users.put(user.id(), user));
        }
        return users;
    }

    /**
     * Passes if this is the password of a user.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it is not, or the user has none
     */
    public void requirePassword(Snowflake id, Secret password) {
        String hash = database.query(handle -> handle.select("SELECT password_hash FROM users WHERE id = ?", id.value())
                .map((rs, context) -> Optional.ofNullable(rs.getString(1)))
                .findOne()
                .flatMap(stored -> stored)
                .orElse(null));
        if (hash == null || !passwords.verify(password.value(), hash)) {
            throw Form.refusal("password", "PASSWORD_DOES_NOT_MATCH", "Passwords do not match.");
        }
    }

    /** The text to store for a password. */
    String hash(Secret password) {
        return passwords.hash(password.value());
    }

    /** Forgets what caches know of a user who has changed. Call it after the change is committed. */
    public void changed(Snowflake id) {
        cache.evict(id.toString());
    }

    /** The refusal of a name or an address that somebody has; other failures are given back as they are. */
    static RuntimeException taken(JdbiException failure) {
        String constraint = Constraints.uniqueViolation(failure);
        if (constraint == null) {
            return failure;
        }
        return constraint.contains("email")
                ? Form.refusal("email", "EMAIL_ALREADY_REGISTERED", "Email is already registered.")
                : Form.refusal("username", "USERNAME_ALREADY_TAKEN", "Username is already taken.");
    }

    private @Nullable User find(Snowflake id) {
        return database.query(
                handle -> handle.select("SELECT " + USER_COLUMNS + " FROM users u WHERE u.id = ?", id.value())
                        .map((rs, context) -> read(rs))
                        .findOne()
                        .orElse(null));
    }

    private static CurrentUser currentUser(ResultSet row) throws SQLException {
        return new CurrentUser(read(row), row.getString("email"));
    }

    private static ApiException invalidLogin() {
        return Form.refusal("login", "INVALID_LOGIN", "Login or password is invalid.");
    }
}
