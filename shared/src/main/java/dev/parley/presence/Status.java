package dev.parley.presence;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a session says of its user (Discord documentation, "Status Types"); what counts most comes first. */
public enum Status {
    ONLINE,
    IDLE,
    DND,
    INVISIBLE,
    OFFLINE;

    /** Reads a status; null when it is none. */
    static @Nullable Status read(@Nullable String text) {
        for (Status status : values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        return null;
    }

    /** As clients write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What others see of it. */
    Status toOthers() {
        return this == INVISIBLE ? OFFLINE : this;
    }
}
