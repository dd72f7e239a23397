package dev.parley.local;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of the AWS SDK as system properties, which go back to what they were. */
final class SdkProperties implements AutoCloseable {

    private final Map<String, @Nullable String> former = new HashMap<>();

    private SdkProperties() {}

    static SdkProperties set(Map<String, String> properties) {
        SdkProperties set = new SdkProperties();
        properties.forEach((name, value) -> set.former.put(name, System.setProperty(name, value)));
        return set;
    }

    @Override
    public void close() {
        former.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
