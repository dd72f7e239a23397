package dev.parley.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What people have set in their clients. Parley keeps it, and tells their other clients; nothing else follows from it.
 *
 * <p>Thread-safe.
 */
public final class UserSettings {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public UserSettings(Database database, SnowflakeGenerator ids, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * The caller's settings, with what was never set at its default.
     *
     * @throws ApiException {@code BOTS_CANNOT_USE}
     */
    public ObjectNode get(Principal caller) {
        requirePerson(caller);
        return ofUser(caller.userId());
    }

    /** The settings of a person, as {@link #get}. */
    public ObjectNode ofUser(Snowflake userId) {
        return database.query(handle -> read(handle, userId));
    }

    /**
     * Changes settings; what is not in the form stays. The caller's sessions hear of what is different now.
     *
     * @return all settings as they are now
     * @throws ApiException {@code INVALID_FORM_BODY} if one is unknown, wrong, or all together are over 16 KB; {@code
     *     BOTS_CANNOT_USE}
     */
    public ObjectNode modify(Principal caller, Form form) {
        requirePerson(caller);
        Snowflake userId = caller.userId();
        ObjectNode sent = SettingsForm.read(form);
        record Modified(ObjectNode settings, Optional<Event> event) {}
        Modified modified = database.transaction(handle -> {
            // Taken first, so that of two changes at once neither is lost.
            handle.select("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE", userId.value())
                    .mapTo(Long.class)
                    .one();
            ObjectNode before = read(handle, userId);
            ObjectNode after = before.deepCopy();
            after.setAll(sent);
            SettingsForm.requireFits(after);
            ObjectNode changed = changed(before, after);
            if (changed.isEmpty()) {
                return new Modified(after, Optional.empty());
            }
            handle.execute(
                    "INSERT INTO user_settings (user_id, settings) VALUES (?, ?)"
                            + " ON CONFLICT (user_id) DO UPDATE SET settings = excluded.settings",
                    userId.value(),
                    Json.text(after));
            Event event =
                    new Event(ids.next(), DispatchType.USER_SETTINGS_UPDATE, new Audience.User(userId, null), changed);
            outbox.add(handle, event);
            return new Modified(after, Optional.of(event));
        });
        modified.event().ifPresent(publisher::publish);
        return modified.settings();
    }

    private static ObjectNode read(Handle handle, Snowflake userId) {
        ObjectNode settings = SettingsForm.defaults();
        handle.select("SELECT settings FROM user_settings WHERE user_id = ?", userId.value())
                .mapTo(String.class)
                .findOne()
                .map(Json::parse)
                .ifPresent(stored -> settings.setAll((ObjectNode) stored));
        return settings;
    }

    private static ObjectNode changed(ObjectNode before, ObjectNode after) {
        ObjectNode changed = Json.object();
        for (var setting : after.properties()) {
            JsonNode old = before.path(setting.getKey());
            if (!old.equals(setting.getValue())) {
                changed.set(setting.getKey(), setting.getValue());
            }
        }
        return changed;
    }

    private static void requirePerson(Principal caller) {
        if (caller.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
    }
}
