package dev.parley.ratelimit;

import java.time.Duration;

/**
 * The table of rate limits: one token bucket a line. The numbers are defaults; the setting {@code PARLEY_LIMITS} changes
 * single lines, for example {@code CREATE_MESSAGE=50/5s,LOGIN=200/60s}.
 */
public enum Limit {
    /** All authenticated requests of one user (Discord documentation, "Global Rate Limit"). */
    GLOBAL(50, Duration.ofSeconds(1), Scope.USER, WhenUnavailable.ALLOW),
    /**
     * Requests from one address that were answered with 401, 403 or 429 (Discord documentation, "Invalid Request Limit");
     * an address without a token left is not served.
     */
    INVALID_REQUESTS(10_000, Duration.ofMinutes(10), Scope.ADDRESS, WhenUnavailable.ALLOW),
    /** Routes without a bucket of their own. */
    DEFAULT(30, Duration.ofSeconds(10), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    HEALTH(600, Duration.ofSeconds(60), Scope.ADDRESS, WhenUnavailable.ALLOW),
    REGISTER(10, Duration.ofMinutes(10), Scope.ADDRESS, WhenUnavailable.REFUSE),
    LOGIN(20, Duration.ofMinutes(5), Scope.ADDRESS, WhenUnavailable.REFUSE),
    /** Changes of the own account, some of which ask for the password. */
    MODIFY_ACCOUNT(20, Duration.ofMinutes(5), Scope.USER, WhenUnavailable.REFUSE),
    /** Parts of the export of one user, each of some megabytes. */
    EXPORT(30, Duration.ofMinutes(1), Scope.USER, WhenUnavailable.REFUSE),
    REFRESH(60, Duration.ofMinutes(5), Scope.ADDRESS, WhenUnavailable.REFUSE),
    CREATE_GUILD(10, Duration.ofMinutes(10), Scope.USER, WhenUnavailable.ALLOW),
    ACCEPT_INVITE(10, Duration.ofMinutes(1), Scope.USER, WhenUnavailable.ALLOW),
    CREATE_MESSAGE(5, Duration.ofSeconds(5), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    /** Reads of files and images from one address: a page of history may show a hundred. */
    READ_FILES(1000, Duration.ofSeconds(10), Scope.ADDRESS, WhenUnavailable.ALLOW),
    TYPING(5, Duration.ofSeconds(5), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    /** Reactions that are added and taken back, about as many as at Discord: one in 250 ms. */
    REACT(20, Duration.ofSeconds(5), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    /** Clients acknowledge what they show as it comes. */
    ACKNOWLEDGE(50, Duration.ofSeconds(10), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    READ_MESSAGES(50, Duration.ofSeconds(10), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    /** Messages through one webhook or in answer to one interaction. */
    EXECUTE_WEBHOOK(5, Duration.ofSeconds(2), Scope.WEBHOOK, WhenUnavailable.ALLOW),
    /** Everything else that a webhook's or an interaction's token is good for. */
    USE_WEBHOOK(10, Duration.ofSeconds(5), Scope.WEBHOOK, WhenUnavailable.ALLOW),
    /** First answers to one interaction. */
    ANSWER_INTERACTION(5, Duration.ofSeconds(2), Scope.WEBHOOK, WhenUnavailable.ALLOW),
    /** Events that one gateway session sends (Discord documentation, "Gateway Rate Limiting"). */
    GATEWAY_SEND(120, Duration.ofSeconds(60), Scope.SESSION, WhenUnavailable.ALLOW),
    /** Updates of one session's presence; Discord ignores what is over it as well. */
    UPDATE_PRESENCE(5, Duration.ofSeconds(20), Scope.SESSION, WhenUnavailable.ALLOW),
    /** Requests of one user for all members of one guild. */
    REQUEST_MEMBERS(10, Duration.ofSeconds(30), Scope.USER_AND_RESOURCE, WhenUnavailable.ALLOW),
    /** IDENTIFYs of one token (Discord documentation, "Session Start Limit Object"). */
    IDENTIFY(1000, Duration.ofHours(24), Scope.USER, WhenUnavailable.ALLOW);

    /** What a bucket counts. */
    public enum Scope {
        /** Calls from one IP address. */
        ADDRESS,
        /** Calls of one user. */
        USER,
        /** Calls of one user on one guild, channel or webhook: the route's major parameter. */
        USER_AND_RESOURCE,
        /**
         * Calls with one webhook's or interaction's token, whoever calls. An id alone is no secret: with a wrong token
         * nobody uses up what belongs to those who have the right one.
         */
        WEBHOOK,
        /** Frames of one gateway session. */
        SESSION
    }

    /** What to do while Redis cannot be asked. */
    public enum WhenUnavailable {
        ALLOW,
        REFUSE
    }

    private final int capacity;
    private final Duration period;
    private final Scope scope;
    private final WhenUnavailable whenUnavailable;

    Limit(int capacity, Duration period, Scope scope, WhenUnavailable whenUnavailable) {
        this.capacity = capacity;
        this.period = period;
        this.scope = scope;
        this.whenUnavailable = whenUnavailable;
    }

    /** The tokens of a full bucket. */
    public int capacity() {
        return capacity;
    }

    /** The time in which an empty bucket fills. */
    public Duration period() {
        return period;
    }

    public Scope scope() {
        return scope;
    }

    public WhenUnavailable whenUnavailable() {
        return whenUnavailable;
    }
}
