package dev.parley.protocol;

/** The error codes that clients see, with their HTTP status (Discord documentation, "JSON Error Codes"). */
public enum ErrorCode {
    NOT_FOUND(0, 404, "404: Not Found"),
    METHOD_NOT_ALLOWED(0, 405, "405: Method Not Allowed"),
    UNAUTHORIZED(0, 401, "401: Unauthorized"),
    PAYLOAD_TOO_LARGE(0, 413, "413: Payload Too Large"),
    INTERNAL(0, 500, "500: Internal Server Error"),
    UNAVAILABLE(0, 503, "503: Service Unavailable"),
    RATE_LIMITED(0, 429, "You are being rate limited."),
    UNKNOWN_APPLICATION(10002, 404, "Unknown Application"),
    UNKNOWN_CHANNEL(10003, 404, "Unknown Channel"),
    UNKNOWN_GUILD(10004, 404, "Unknown Guild"),
    UNKNOWN_INVITE(10006, 404, "Unknown Invite"),
    UNKNOWN_MEMBER(10007, 404, "Unknown Member"),
    UNKNOWN_MESSAGE(10008, 404, "Unknown Message"),
    UNKNOWN_OVERWRITE(10009, 404, "Unknown Overwrite"),
    UNKNOWN_ROLE(10011, 404, "Unknown Role"),
    UNKNOWN_TOKEN(10012, 404, "Unknown Token"),
    UNKNOWN_USER(10013, 404, "Unknown User"),
    BOTS_CANNOT_USE(20001, 403, "Bots cannot use this endpoint"),
    ONLY_BOTS(20002, 403, "Only bots can use this endpoint"),
    MAXIMUM_GUILDS(30001, 400, "Maximum number of guilds reached (100)"),
    MAXIMUM_ROLES(30005, 400, "Maximum number of guild roles reached (250)"),
    MAXIMUM_CHANNELS(30013, 400, "Maximum number of guild channels reached (500)"),
    MAXIMUM_INVITES(30016, 400, "Maximum number of invites reached (1000)"),
    MAXIMUM_OVERWRITES(30060, 400, "Maximum number of permission overwrites reached (100)"),
    BANNED_FROM_GUILD(40007, 403, "The user is banned from this guild."),
    MISSING_ACCESS(50001, 403, "Missing Access"),
    INVALID_ACCOUNT_TYPE(50002, 400, "Invalid account type"),
    DIRECT_MESSAGE_CHANNEL(50003, 403, "Cannot execute action on a DM channel"),
    CANNOT_SEND_EMPTY_MESSAGE(50006, 400, "Cannot send an empty message"),
    CANNOT_MESSAGE_USER(50007, 403, "Cannot send messages to this user"),
    WRONG_CHANNEL_TYPE(50024, 400, "Cannot execute action on this channel type"),
    MISSING_PERMISSIONS(50013, 403, "Missing Permissions"),
    INVALID_AUTHENTICATION_TOKEN(50014, 401, "Invalid authentication token provided"),
    INVALID_ROLE(50028, 400, "Invalid Role"),
    INVALID_FORM_BODY(50035, 400, "Invalid Form Body"),
    INVALID_API_VERSION(50041, 400, "Invalid API version provided"),
    INVALID_GUILD(50055, 400, "Invalid Guild"),
    INVALID_JSON(50109, 400, "The request body contains invalid JSON.");

    private final int code;
    private final int status;
    private final String message;

    ErrorCode(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    /** The number in the body's {@code code}; 0 is Discord's general error. */
    public int code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The text in the body's {@code message}. */
    public String message() {
        return message;
    }
}
