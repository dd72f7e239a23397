package dev.parley.connection;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The URLs that clients connect to, given out in turn, so that several gateways get as many clients each. Thread-safe. */
public final class GatewayUrls {

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final List<String> urls;
    private final AtomicInteger turn = new AtomicInteger();

    private GatewayUrls(List<String> urls) {
        this.urls = urls;
    }

    /**
     * The URLs that the settings name.
     *
     * @throws InvalidSettingException if there is none, or one is empty
     */
    public static GatewayUrls of(Settings settings) {
        List<String> urls = List.of(COMMA.split(settings.text(Setting.GATEWAY_URL), -1));
        if (urls.contains("")) {
            throw new InvalidSettingException(Setting.GATEWAY_URL, "has an empty URL between its commas");
        }
        return new GatewayUrls(urls);
    }

    /** One URL, for everybody. */
    public static GatewayUrls only(String url) {
        return new GatewayUrls(List.of(url));
    }

    /** All of them. */
    public List<String> all() {
        return urls;
    }

    /** The URL whose turn it is. */
    public String next() {
        return urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
    }
}
