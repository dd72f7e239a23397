package dev.parley.channel;

import dev.parley.protocol.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** After how many minutes without activity threads are archived (Discord documentation, "Thread Metadata Object"). */
public final class AutoArchive {

    private static final List<Integer> CHOICES = List.of(60, 1440, 4320, 10_080);

    private AutoArchive() {}

    /** A duration in a form, which may be absent or null; what is none of the four is noted in the form. */
    public static @Nullable Integer read(Form form, String field) {
        Integer minutes = form.optionalInteger(field, 0, Integer.MAX_VALUE);
        if (minutes != null && !CHOICES.contains(minutes)) {
            form.error(field, "BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}.");
        }
        return minutes;
    }
}
