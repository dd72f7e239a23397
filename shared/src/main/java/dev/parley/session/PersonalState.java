package dev.parley.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.UserSettings;
import dev.parley.protocol.Json;
import dev.parley.readstate.ReadStates;
import dev.parley.snowflake.Snowflake;

/**
 * What READY tells a person beside what it tells a bot; Discord documents it nowhere. Together it is under 60 KB.
 *
 * <p>Thread-safe.
 */
public final class PersonalState {

    private final ReadStates readStates;
    private final UserSettings settings;

    public PersonalState(ReadStates readStates, UserSettings settings) {
        this.readStates = readStates;
        this.settings = settings;
    }

    /** {@code read_state} and {@code user_settings}. */
    ObjectNode of(Snowflake userId) {
        ObjectNode state = Json.object();
        state.set("read_state", readStates.ofReady(userId));
        state.set("user_settings", settings.ofUser(userId));
        return state;
    }
}
