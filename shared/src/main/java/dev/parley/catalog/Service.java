package dev.parley.catalog;

/** The parts of the system that an operator looks at separately. Each has alerts, and a composite of them. */
public enum Service {
    API("Api"),
    GATEWAY("Gateway"),
    FANOUT("Fanout"),
    DATABASE("Database"),
    CACHE("Cache");

    private final String title;

    Service(String title) {
        this.title = title;
    }

    /** The name in names of alerts, in CamelCase. */
    public String title() {
        return title;
    }
}
