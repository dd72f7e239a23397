package dev.parley.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Memberships;
import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * What users change of themselves.
 *
 * <p>Thread-safe.
 */
public final class Profiles {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Memberships memberships;
    private final Images images;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Profiles(
            Database database,
            SnowflakeGenerator ids,
            Accounts accounts,
            Tokens tokens,
            Memberships memberships,
            Images images,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.tokens = tokens;
        this.memberships = memberships;
        this.images = images;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    private record Modified(
            CurrentUser user,
            List<Event> events,
            Tokens.@Nullable Revoked revoked,
            @Nullable TokenPair tokens) {}

    /**
     * Changes the caller: {@code username}, {@code global_name}, {@code avatar}, {@code banner} to null; with {@code
     * password}, {@code email} and {@code new_password}. The caller's sessions and guilds hear of it. A new password ends
     * every sign-in, the caller's own included; the answer has {@code token} and {@code tokens} to go on with.
     *
     * @return the user as it is now
     * @throws ApiException {@code INVALID_FORM_BODY} if the form is wrong, a name or an address is taken, or the password
     *     is another one
     */
    public ObjectNode modify(Principal caller, Form form) {
        ProfileForm change = ProfileForm.read(form, caller.bot());
        Secret password = change.password();
        if (password != null && (change.email() != null || change.newPassword() != null)) {
            accounts.requirePassword(caller.userId(), password);
        }
        Secret newPassword = change.newPassword();
        String hash = newPassword == null ? null : accounts.hash(newPassword);
        Image image = change.avatar();
        String avatar = image == null ? null : images.store(Images.Owner.USER, caller.userId(), image);
        Modified modified;
        try {
            modified = database.transaction(handle -> modify(handle, caller.userId(), change, avatar, hash));
        } catch (JdbiException e) {
            throw Accounts.taken(e);
        }
        accounts.changed(caller.userId());
        Tokens.Revoked revoked = modified.revoked();
        if (revoked != null) {
            tokens.forget(revoked);
        }
        publisher.publish(modified.events());
        ObjectNode body = modified.user().body();
        TokenPair pair = modified.tokens();
        if (pair != null) {
            body.put("token", pair.accessToken());
            body.set("tokens", Json.tree(pair));
        }
        return body;
    }

    private Modified modify(
            Handle handle,
            Snowflake userId,
            ProfileForm change,
            @Nullable String avatar,
            @Nullable String passwordHash) {
        Memberships.lock(handle, List.of(userId));
        CurrentUser before = Accounts.currentUser(handle, userId);
        update(handle, userId, change, avatar, passwordHash);
        CurrentUser after = Accounts.currentUser(handle, userId);
        List<Event> events = new ArrayList<>();
        if (!after.equals(before)) {
            Event own = new Event(ids.next(), DispatchType.USER_UPDATE, new Audience.User(userId, null), after.body());
            outbox.add(handle, own);
            events.add(own);
        }
        if (!after.user().equals(before.user())) {
            events.addAll(memberships.changed(handle, userId));
        }
        if (passwordHash == null) {
            return new Modified(after, events, null, null);
        }
        Tokens.Revoked revoked = tokens.revokeAll(handle, userId);
        return new Modified(after, events, revoked, tokens.open(handle, userId));
    }

    private static void update(
            Handle handle,
            Snowflake userId,
            ProfileForm change,
            @Nullable String avatar,
            @Nullable String passwordHash) {
        String username = change.username();
        String email = change.email();
        handle.createUpdate("""
                        UPDATE users SET
                          username = coalesce(:username, username),
                          username_key = coalesce(:usernameKey, username_key),
                          global_name = CASE WHEN :renames THEN :globalName ELSE global_name END,
                          avatar = CASE WHEN :removesAvatar THEN NULL ELSE coalesce(:avatar, avatar) END,
                          email = coalesce(:email, email),
                          email_key = coalesce(:emailKey, email_key),
                          password_hash = coalesce(:passwordHash, password_hash)
                        WHERE id = :id
                        """)
                .bind("username", username)
                .bind("usernameKey", username == null ? null : Normalization.key(username))
                .bind("renames", change.renames())
                .bind("globalName", change.globalName())
                .bind("avatar", avatar)
                .bind("removesAvatar", change.removesAvatar())
                .bind("email", email)
                .bind("emailKey", email == null ? null : Normalization.key(email))
                .bind("passwordHash", passwordHash)
                .bind("id", userId.value())
                .execute();
    }
}
