package dev.parley.privacy;

import dev.parley.account.Accounts;
import dev.parley.account.Principal;
import dev.parley.account.Tokens;
import dev.parley.account.User;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.Memberships;
import dev.parley.image.Images;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.reaction.ReactionErasure;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The end of an account, and of the applications and bots that belong to it (General Data Protection Regulation, article
 * 17). When a request returns, all of this is done:
 *
 * <ul>
 *   <li>Its tokens are refused, its sessions end, and nobody can sign in.
 *   <li>Its guilds and groups are left, and their members told. Reactions, relationships, read states, settings and saved
 *       messages are gone.
 *   <li>Its row holds an id and the name {@code deleted_user_…}, no address, no password; the caches forget it. Every avatar that it had is removed.
 * </ul>
 *
 * <p>Messages in guilds and with others keep their text, since conversations belong to all who are in them; their author
 * is shown as the deleted user. The other of two finds their channel, and cannot send to it. What a user wrote of itself
 * into a message stays there: who wants that gone deletes the message first.
 *
 * <p>All but the avatars and the reactions, which go first, and the saved messages, which go last, is one transaction. Thread-safe.
 */
public final class AccountDeletion {

    private final Database database;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Memberships memberships;
    private final Images images;
    private final ReactionErasure reactions;
    private final ContentErasure content;
    private final List<PersonalData> data;
    private final EventPublisher publisher;

    /**
     * A deletion.
     *
     * @param more what other parts of the system keep of users
     */
    public AccountDeletion(
            Database database,
            Accounts accounts,
            Tokens tokens,
            Memberships memberships,
            Images images,
            ReactionErasure reactions,
            ContentErasure content,
            List<PersonalData> more,
            EventPublisher publisher) {
        this.database = database;
        this.accounts = accounts;
        this.tokens = tokens;
        this.memberships = memberships;
        this.images = images;
        this.reactions = reactions;
        this.content = content;
        this.publisher = publisher;
        data = new ArrayList<>(more);
        data.add(UserRows::eraseOwn);
        data.add(UserRows::eraseFromAuditLogs);
    }

    private record Deleted(List<Tokens.Revoked> revoked, List<Event> events) {}

    /**
     * Deletes the caller's account.
     *
     * @param form {@code password}
     * @throws ApiException {@code INVALID_FORM_BODY} if the password is another one; {@code OWNS_GUILDS}, also if a bot
     *     of the caller owns one; {@code BOTS_CANNOT_USE}; {@code UNAVAILABLE} if there is more to erase than fits a
     *     request, and the next one goes on from there
     */
    public void delete(Principal caller, Form form) {
        Secret password = new Secret(form.requiredText("password", 1, 128));
        form.check();
        if (caller.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        Snowflake userId = caller.userId();
        accounts.requirePassword(userId, password);
        List<Snowflake> all = database.query(handle -> {
            List<Snowflake> going = UserRows.withBots(handle, userId);
            requireOwnNone(handle, going);
            return going;
        });
        List<Snowflake> saved = database.query(handle -> UserRows.savedMessages(handle, all));
        all.forEach(id -> images.removeAll(Images.Owner.USER, id));
        all.forEach(reactions::eraseAll);
        Deleted deleted = database.transaction(handle -> delete(handle, userId));
        all.forEach(accounts::changed);
        deleted.revoked().forEach(tokens::forget);
        content.erase(all, saved);
        publisher.publish(deleted.events());
    }

    private Deleted delete(Handle handle, Snowflake userId) {
        List<Snowflake> all = UserRows.withBots(handle, userId);
        Memberships.lock(handle, all);
        UserRows.lock(handle, all);
        requireOwnNone(handle, all);
        List<Tokens.Revoked> revoked = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (Snowflake id : all) {
            User anonymous = UserRows.anonymize(handle, id);
            revoked.add(tokens.revokeAll(handle, id));
            events.addAll(memberships.leaveAll(handle, anonymous));
            ReactionErasure.eraseSome(handle, id);
            for (PersonalData kept : data) {
                events.addAll(kept.erase(handle, id));
            }
        }
        return new Deleted(revoked, events);
    }

    private static void requireOwnNone(Handle handle, List<Snowflake> userIds) {
        if (UserRows.ownGuilds(handle, userIds)) {
            throw new ApiException(ErrorCode.OWNS_GUILDS);
        }
    }
}
