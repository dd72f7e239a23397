package dev.parley.emoji;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.emoji.EmojiRows.Holder;
import dev.parley.image.Images;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Constraints;
import dev.parley.store.Database;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The custom emojis of applications, which their bots use everywhere (Discord documentation, "Application-Owned Emoji"). The
 * bot and the owner of the application manage them.
 *
 * <p>Thread-safe.
 */
public final class ApplicationEmojis {

    private static final int MAX_EMOJIS = 2000;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Images images;

    public ApplicationEmojis(Database database, SnowflakeGenerator ids, Accounts accounts, Images images) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.images = images;
    }

    /**
     * All of an application's emojis.
     *
     * @return {@code items}
     * @throws ApiException {@code UNKNOWN_APPLICATION}; {@code NOT_AUTHORIZED_ON_APPLICATION}
     */
    public ObjectNode list(Snowflake applicationId, Snowflake userId) {
        return database.query(handle -> {
            require(handle, applicationId, userId);
            ObjectNode body = Json.object();
            ArrayNode items = body.putArray("items");
            EmojiRows.of(handle, Holder.APPLICATION, applicationId).forEach(emoji -> items.add(emoji.bodyWithUser()));
            return body;
        });
    }

    /**
     * One emoji.
     *
     * @throws ApiException {@code UNKNOWN_EMOJI}, and as above
     */
    public ObjectNode get(Snowflake applicationId, Snowflake emojiId, Snowflake userId) {
        return database.query(handle -> {
            require(handle, applicationId, userId);
            return find(handle, applicationId, emojiId).bodyWithUser();
        });
    }

    /**
     * Makes an emoji.
     *
     * @param form {@code name}, which no other emoji of the application has, and {@code image}
     * @throws ApiException if the form is wrong, the application has 2,000 emojis, and as above
     */
    public ObjectNode create(Snowflake applicationId, Snowflake userId, Form form) {
        EmojiForm.New wanted = EmojiForm.create(form);
        database.query(handle -> {
            require(handle, applicationId, userId);
            return applicationId;
        });
        User user = accounts.user(userId);
        Emoji emoji = new Emoji(ids.next(), wanted.name(), wanted.image().animated(), user, List.of());
        images.storeEmoji(emoji.id(), wanted.image());
        return unique(() -> database.transaction(handle -> {
            // The row is kept until the end, so that two at once cannot both pass the count.
            handle.select("SELECT id FROM applications WHERE id = ? FOR UPDATE", applicationId.value())
                    .mapTo(Long.class)
                    .one();
            int count = handle.select("SELECT count(*) FROM emojis WHERE application_id = ?", applicationId.value())
                    .mapTo(Integer.class)
                    .one();
            if (count >= MAX_EMOJIS) {
                throw new ApiException(ErrorCode.MAXIMUM_EMOJIS);
            }
            EmojiRows.insert(handle, Holder.APPLICATION, applicationId, emoji);
            return emoji.bodyWithUser();
        }));
    }

    /**
     * Changes an emoji's name.
     *
     * @throws ApiException {@code UNKNOWN_EMOJI}, if the form is wrong, and as above
     */
    public ObjectNode modify(Snowflake applicationId, Snowflake emojiId, Snowflake userId, Form form) {
        String name = EmojiForm.modify(form).name();
        return unique(() -> database.transaction(handle -> {
            require(handle, applicationId, userId);
            Emoji before = find(handle, applicationId, emojiId);
            Emoji after = before.with(name == null ? before.name() : name, List.of());
            EmojiRows.update(handle, after);
            return after.bodyWithUser();
        }));
    }

    /**
     * Removes an emoji. Its image stays, for the messages that show it.
     *
     * @throws ApiException {@code UNKNOWN_EMOJI}, and as above
     */
    public void delete(Snowflake applicationId, Snowflake emojiId, Snowflake userId) {
        database.transaction(handle -> {
            require(handle, applicationId, userId);
            find(handle, applicationId, emojiId);
            EmojiRows.delete(handle, emojiId);
            return emojiId;
        });
    }

    private static Emoji find(Handle handle, Snowflake applicationId, Snowflake emojiId) {
        return EmojiRows.find(handle, Holder.APPLICATION, applicationId, emojiId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_EMOJI));
    }

    private static void require(Handle handle, Snowflake applicationId, Snowflake userId) {
        long ownerId = handle.select("SELECT owner_id FROM applications WHERE id = ?", applicationId.value())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_APPLICATION));
        if (userId.value() != ownerId && !userId.equals(applicationId)) {
            throw new ApiException(ErrorCode.NOT_AUTHORIZED_ON_APPLICATION);
        }
    }

    private static ObjectNode unique(Supplier<ObjectNode> change) {
        try {
            return change.get();
        } catch (JdbiException e) {
            if ("emojis_application".equals(Constraints.uniqueViolation(e))) {
                throw Form.refusal(
                        "name",
                        "APPLICATION_EMOJI_NAME_ALREADY_TAKEN",
                        "An emoji with that name already exists for this application.");
            }
            throw e;
        }
    }
}
