package dev.parley.privacy;

import dev.parley.fanout.Event;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Something that a part of the system keeps of a user. Implementations are thread-safe. */
@FunctionalInterface
public interface PersonalData {

    /**
     * Takes it out, in the caller's transaction, in which the user's row is locked and anonymous already.
     *
     * @return what others hear of it, to be published after the commit
     */
    List<Event> erase(Handle transaction, Snowflake userId);
}
