package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes guilds out of service and back (Discord documentation, "Guild Availability"). Sessions are told, and a session that
 * begins meanwhile gets the guild when it is back. What happens in the guild is stored and told as ever.
 *
 * <p>Thread-safe.
 */
public final class GuildAvailability {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public GuildAvailability(Database database, SnowflakeGenerator ids, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Makes a guild available or unavailable.
     *
     * @return whether that is a change
     * @throws ApiException {@code UNKNOWN_GUILD}
     */
    public boolean set(Snowflake guildId, boolean available) {
        @Nullable Event event = database.transaction(handle -> {
            boolean before = handle.select("SELECT available FROM guilds WHERE id = ? FOR UPDATE", guildId.value())
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
            return before == available ? null : change(handle, guildId, available);
        });
        if (event == null) {
            return false;
        }
        publisher.publish(event);
        return true;
    }

    /** Whether sessions are shown a guild; false too when there is none. */
    static boolean isAvailable(Handle handle, Snowflake guildId) {
        return handle.select("SELECT available FROM guilds WHERE id = ?", guildId.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    private Event change(Handle handle, Snowflake guildId, boolean available) {
        handle.execute("UPDATE guilds SET available = ? WHERE id = ?", available, guildId.value());
        ObjectNode data = Json.object();
        data.put("id", guildId.toString());
        Event event;
        if (available) {
            event = new Event(ids.next(), DispatchType.GUILD_CREATE, new Audience.GuildBack(guildId), data);
        } else {
            data.put("unavailable", true);
            event = new Event(ids.next(), DispatchType.GUILD_DELETE, new Audience.Guild(guildId, null), data);
        }
        outbox.add(handle, event);
        return event;
    }
}
