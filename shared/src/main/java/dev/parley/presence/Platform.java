package dev.parley.presence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** The platform of a client (Discord documentation, "Client Status Object"). */
public enum Platform {
    DESKTOP,
    MOBILE,
    WEB;

    private static final List<String> MOBILES = List.of("android", "ios", "iphone", "ipad");
    private static final List<String> BROWSERS =
            List.of("chrome", "chromium", "firefox", "safari", "edge", "opera", "mozilla");

    /**
     * The platform that IDENTIFY's properties name (Discord documentation, "Identify Connection Properties"). A bot counts
     * as a browser, as it does at Discord, unless it says that it is a phone.
     */
    public static Platform of(boolean bot, JsonNode properties) {
        String os = word(properties, "os");
        String browser = word(properties, "browser");
        if (MOBILES.stream().anyMatch(word -> os.equals(word) || browser.contains(word))) {
            return MOBILE;
        }
        return bot || BROWSERS.stream().anyMatch(browser::contains) ? WEB : DESKTOP;
    }

    /** As clients read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Older clients write a dollar sign before the names. */
    private static String word(JsonNode properties, String name) {
        JsonNode value = properties.has(name) ? properties.get(name) : properties.path("$" + name);
        return value.asText().toLowerCase(Locale.ROOT);
    }
}
