package dev.parley.protocol;

/** The error codes that clients see, with their HTTP status (Discord documentation, "JSON Error Codes"). */
public enum ErrorCode {
    NOT_FOUND(0, 404, "404: Not Found"),
    UNAUTHORIZED(0, 401, "401: Unauthorized"),
    INTERNAL(0, 500, "500: Internal Server Error"),
    UNAVAILABLE(0, 503, "503: Service Unavailable"),
    RATE_LIMITED(0, 429, "You are being rate limited."),
    UNKNOWN_APPLICATION(10002, 404, "Unknown Application"),
    UNKNOWN_CHANNEL(10003, 404, "Unknown Channel"),
    UNKNOWN_GUILD(10004, 404, "Unknown Guild"),
    UNKNOWN_INTEGRATION(10005, 404, "Unknown Integration"),
    UNKNOWN_INVITE(10006, 404, "Unknown Invite"),
    UNKNOWN_MEMBER(10007, 404, "Unknown Member"),
    UNKNOWN_MESSAGE(10008, 404, "Unknown Message"),
    UNKNOWN_OVERWRITE(10009, 404, "Unknown Overwrite"),
    UNKNOWN_ROLE(10011, 404, "Unknown Role"),
    UNKNOWN_USER(10013, 404, "Unknown User"),
    UNKNOWN_EMOJI(10014, 404, "Unknown Emoji"),
    UNKNOWN_WEBHOOK(10015, 404, "Unknown Webhook"),
    UNKNOWN_BAN(10026, 404, "Unknown Ban"),
    UNKNOWN_INTERACTION(10062, 404, "Unknown interaction"),
    UNKNOWN_COMMAND(10063, 404, "Unknown application command"),
    UNKNOWN_COMMAND_PERMISSIONS(10066, 404, "Unknown application command permissions"),
    UNKNOWN_WELCOME_SCREEN(10069, 404, "Unknown Guild Welcome Screen"),
    BOTS_CANNOT_USE(20001, 403, "Bots cannot use this endpoint"),
    NOT_AUTHORIZED_FOR_APPLICATION(20012, 403, "You are not authorized to perform this action on this application"),
    NOT_AUTHORIZED_ON_APPLICATION(20012, 403, "You are not authorized to perform this action on this application"),
    SLOWMODE(20016, 429, "This action cannot be performed due to slowmode rate limit."),
    MAXIMUM_GUILDS(30001, 400, "Maximum number of guilds reached (100)"),
    MAXIMUM_FRIENDS(30002, 400, "Maximum number of friends reached (1000)"),
    MAXIMUM_PINS(30003, 400, "Maximum number of pins reached for the channel (250)"),
    MAXIMUM_RECIPIENTS(30004, 400, "Maximum number of recipients reached (10)"),
    MAXIMUM_ROLES(30005, 400, "Maximum number of guild roles reached (250)"),
    MAXIMUM_WEBHOOKS(30007, 400, "Maximum number of webhooks reached (15)"),
    MAXIMUM_EMOJIS(30008, 400, "Maximum number of emojis reached (50)"),
    MAXIMUM_REACTIONS(30010, 400, "Maximum number of reactions reached (20)"),
    MAXIMUM_CHANNELS(30013, 400, "Maximum number of guild channels reached (500)"),
    MAXIMUM_ATTACHMENTS(30015, 400, "Maximum number of attachments in a message reached (10)"),
    MAXIMUM_ANIMATED_EMOJIS(30018, 400, "Maximum number of animated emojis reached (50)"),
    MAXIMUM_INVITES(30016, 400, "Maximum number of invites reached (1000)"),
    MAXIMUM_COMMANDS(30032, 400, "Maximum number of application commands reached (100)"),
    MAXIMUM_THREAD_PARTICIPANTS(30033, 400, "Maximum number of thread participants has been reached (1000)"),
    MAXIMUM_OVERWRITES(30060, 400, "Maximum number of permission overwrites reached (100)"),
    REQUEST_ENTITY_TOO_LARGE(40005, 413, "Request entity too large"),
    BANNED_FROM_GUILD(40007, 403, "The user is banned from this guild."),
    OWNS_GUILDS(40011, 400, "You must transfer ownership of any owned guilds before deleting your account"),
    ALREADY_CROSSPOSTED(40033, 400, "This message has already been crossposted"),
    INTERACTION_ALREADY_ACKNOWLEDGED(40060, 400, "Interaction has already been acknowledged."),
    MISSING_ACCESS(50001, 403, "Missing Access"),
    DIRECT_MESSAGE_CHANNEL(50003, 403, "Cannot execute action on a DM channel"),
    WIDGET_DISABLED(50004, 403, "Guild widget disabled"),
    CANNOT_EDIT_OTHERS_MESSAGE(50005, 403, "Cannot edit a message authored by another user"),
    CANNOT_SEND_EMPTY_MESSAGE(50006, 400, "Cannot send an empty message"),
    CANNOT_MESSAGE_USER(50007, 403, "Cannot send messages to this user"),
    MISSING_PERMISSIONS(50013, 403, "Missing Permissions"),
    INVALID_AUTHENTICATION_TOKEN(50014, 401, "Invalid authentication token provided"),
    INVALID_BULK_DELETE_COUNT(
            50016,
            400,
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete"),
    CANNOT_EXECUTE_ON_SYSTEM_MESSAGE(50021, 403, "Cannot execute action on a system message"),
    WRONG_CHANNEL_TYPE(50024, 400, "Cannot execute action on this channel type"),
    INVALID_OAUTH2_ACCESS_TOKEN(50025, 401, "Invalid OAuth2 access token provided"),
    INVALID_WEBHOOK_TOKEN(50027, 401, "Invalid Webhook Token"),
    INVALID_ROLE(50028, 400, "Invalid Role"),
    INVALID_RECIPIENTS(50033, 400, "Invalid Recipient(s)"),
    MESSAGE_TOO_OLD_TO_BULK_DELETE(50034, 400, "A message provided was too old to bulk delete"),
    INVALID_FORM_BODY(50035, 400, "Invalid Form Body"),
    INVALID_API_VERSION(50041, 400, "Invalid API version provided"),
    INVALID_GUILD(50055, 400, "Invalid Guild"),
    INVALID_MESSAGE_TYPE(50068, 400, "Invalid message type"),
    THREAD_ARCHIVED(50083, 400, "Thread is archived"),
    INVALID_JSON(50109, 400, "The request body contains invalid JSON."),
    FRIEND_REQUEST_BLOCKED(80001, 403, "Friend request blocked"),
    BOTS_CANNOT_HAVE_FRIENDS(80002, 400, "Bots cannot have friends"),
    FRIEND_REQUEST_TO_SELF(80003, 400, "Cannot send friend request to self"),
    REACTION_BLOCKED(90001, 403, "Reaction was blocked"),
    INDEX_NOT_READY(110000, 202, "Index not yet available. Try again later"),
    THREAD_ALREADY_CREATED(160004, 400, "A thread has already been created for this message"),
    THREAD_LOCKED(160005, 400, "Thread is locked"),
    MAXIMUM_ACTIVE_THREADS(160006, 400, "Maximum number of active threads reached"),
    BLOCKED_BY_AUTO_MODERATION(200000, 400, "Message was blocked by automatic moderation"),
    FAILED_TO_BAN(500000, 400, "Failed to ban users");

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
