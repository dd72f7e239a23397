package dev.parley.privacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.Principal;
import dev.parley.account.UserSettings;
import dev.parley.application.Applications;
import dev.parley.channel.DirectChannels;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.relationship.Relationships;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a person, for that person (General Data Protection Regulation, articles 15 and 20). It comes in
 * parts, each under the 6 MB that Lambda answers with: the account with its settings, guilds, relationships, channels and
 * applications first, then all messages, then all reactions.
 *
 * <p>Thread-safe.
 */
public final class DataExport {

    private static final int BYTES = 3 * 1024 * 1024;
    private static final int MAX_MESSAGES = 1000;
    private static final int MAX_REACTIONS = 10_000;

    private final Database database;
    private final ContentDatabase content;
    private final Accounts accounts;
    private final UserSettings settings;
    private final Relationships relationships;
    private final DirectChannels directChannels;
    private final Applications applications;

    public DataExport(
            Database database,
            ContentDatabase content,
            Accounts accounts,
            UserSettings settings,
            Relationships relationships,
            DirectChannels directChannels,
            Applications applications) {
        this.database = database;
        this.content = content;
        this.accounts = accounts;
        this.settings = settings;
        this.relationships = relationships;
        this.directChannels = directChannels;
        this.applications = applications;
    }

    /**
     * A part of the export, with {@code next}: the path of the part behind it, null in the last one.
     *
     * @param after where the part begins, as the {@code next} of another one says; null for the first
     * @throws ApiException {@code INVALID_FORM_BODY} if {@code after} is none; {@code BOTS_CANNOT_USE}
     */
    public ObjectNode part(Principal caller, @Nullable String after) {
        if (caller.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        if (after == null) {
            return account(caller);
        }
        ExportPosition position = ExportPosition.parseOrNull(after);
        if (position == null) {
            throw Form.refusal("after", "NUMBER_TYPE_COERCE", "Not a place in an export.");
        }
        return switch (position) {
            case ExportPosition.Messages from -> messages(caller.userId(), from);
            case ExportPosition.Reactions from -> reactions(caller.userId(), from);
        };
    }

    private ObjectNode account(Principal caller) {
        Snowflake userId = caller.userId();
        ObjectNode part = Json.object();
        ObjectNode account = accounts.currentUser(userId).body();
        account.put("created_at", userId.timestamp().toString());
        part.set("account", account);
        part.set("settings", settings.ofUser(userId));
        part.set("relationships", relationships.list(caller));
        part.set("direct_channels", directChannels.list(userId));
        part.set("applications", applications.ofOwner(userId));
        ArrayNode guilds = part.putArray("guilds");
        database.query(handle -> ExportRows.guilds(handle, userId)).forEach(guilds::add);
        return next(part, new ExportPosition.Messages(new Snowflake(0)));
    }

    private ObjectNode messages(Snowflake userId, ExportPosition.Messages from) {
        ObjectNode part = Json.object();
        ArrayNode messages = part.putArray("messages");
        Snowflake last = from.after();
        int bytes = 0;
        while (messages.size() < MAX_MESSAGES && bytes < BYTES) {
            Snowflake behind = last;
            List<ObjectNode> some = first(
                    content.everywhere(there -> ExportRows.messages(there.handle(), userId, behind)),
                    Comparator.comparingLong(message -> message.path("id").asLong()),
                    ExportRows.MESSAGES_AT_ONCE);
            if (some.isEmpty()) {
                return next(part, ExportPosition.Reactions.FIRST);
            }
            for (ObjectNode message : some) {
                messages.add(message);
                bytes += Json.bytes(message).length;
                last = Snowflake.parse(message.path("id").asText());
            }
        }
        return next(part, new ExportPosition.Messages(last));
    }

    private ObjectNode reactions(Snowflake userId, ExportPosition.Reactions from) {
        ObjectNode part = Json.object();
        ArrayNode reactions = part.putArray("reactions");
        first(
                        content.everywhere(there -> ExportRows.reactions(there.handle(), userId, from, MAX_REACTIONS)),
                        Comparator.<ObjectNode>comparingLong(
                                        reaction -> reaction.path("channel_id").asLong())
                                .thenComparingLong(
                                        reaction -> reaction.path("message_id").asLong()),
                        MAX_REACTIONS)
                .forEach(reactions::add);
        return next(
                part,
                reactions.size() < MAX_REACTIONS
                        ? null
                        : ExportPosition.Reactions.behind(reactions.get(reactions.size() - 1)));
    }

    /** The first ones of several lists, each in its order. One list stays as it is, in the order of its database. */
    private static List<ObjectNode> first(List<List<ObjectNode>> lists, Comparator<ObjectNode> order, int most) {
        return lists.size() == 1
                ? lists.getFirst()
                : lists.stream().flatMap(List::stream).sorted(order).limit(most).toList();
    }

    private static ObjectNode next(ObjectNode part, @Nullable ExportPosition position) {
        part.put("next", position == null ? null : "/users/@me/export?after=" + position.text());
        return part;
    }
}
