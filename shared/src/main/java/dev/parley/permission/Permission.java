package dev.parley.permission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/** The permissions (Discord documentation, "Bitwise Permission Flags"). */
public enum Permission {
    CREATE_INSTANT_INVITE(0),
    KICK_MEMBERS(1),
    BAN_MEMBERS(2),
    ADMINISTRATOR(3),
    MANAGE_CHANNELS(4),
    MANAGE_GUILD(5),
    ADD_REACTIONS(6),
    VIEW_AUDIT_LOG(7),
    PRIORITY_SPEAKER(8),
    STREAM(9),
    VIEW_CHANNEL(10),
    SEND_MESSAGES(11),
    SEND_TTS_MESSAGES(12),
    MANAGE_MESSAGES(13),
    EMBED_LINKS(14),
    ATTACH_FILES(15),
    READ_MESSAGE_HISTORY(16),
    MENTION_EVERYONE(17),
    USE_EXTERNAL_EMOJIS(18),
    VIEW_GUILD_INSIGHTS(19),
    CONNECT(20),
    SPEAK(21),
    MUTE_MEMBERS(22),
    DEAFEN_MEMBERS(23),
    MOVE_MEMBERS(24),
    USE_VAD(25),
    CHANGE_NICKNAME(26),
    MANAGE_NICKNAMES(27),
    MANAGE_ROLES(28),
    MANAGE_WEBHOOKS(29),
    MANAGE_GUILD_EXPRESSIONS(30),
    USE_APPLICATION_COMMANDS(31),
    REQUEST_TO_SPEAK(32),
    MANAGE_EVENTS(33),
    MANAGE_THREADS(34),
    CREATE_PUBLIC_THREADS(35),
    CREATE_PRIVATE_THREADS(36),
    USE_EXTERNAL_STICKERS(37),
    SEND_MESSAGES_IN_THREADS(38),
    USE_EMBEDDED_ACTIVITIES(39),
    MODERATE_MEMBERS(40),
    CREATE_GUILD_EXPRESSIONS(43),
    SEND_POLLS(49),
    USE_EXTERNAL_APPS(50),
    PIN_MESSAGES(51),
    BYPASS_SLOWMODE(52);

    /** Every bit that Discord gives a meaning, the ones that Parley has no use for included. */
    public static final long ALL = (1L << 53) - 1;

    private final int bit;

    Permission(int bit) {
        this.bit = bit;
    }

    /** The permission as a mask of one bit. */
    public long mask() {
        return 1L << bit;
    }

    /** Whether a set of permissions includes this one. */
    public boolean in(long permissions) {
        return (permissions & mask()) != 0;
    }

    /** A set of permissions. */
    public static long of(Permission... permissions) {
        long mask = 0;
        for (Permission permission : permissions) {
            mask |= permission.mask();
        }
        return mask;
    }

    /**
     * A set of permissions in a form, which may be absent or null; what is none is noted in the form.
     *
     * @return null if there is none
     */
    public static @Nullable Long read(Form form, String field) {
        JsonNode node = form.raw(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        Long permissions = parseOrNull(node);
        if (permissions == null) {
            form.error(field, "NUMBER_TYPE_COERCE", "Not a set of permissions.");
        }
        return permissions;
    }

    /** A set of permissions as clients write it, a number or its digits; bits that mean nothing are left out. */
    public static @Nullable Long parseOrNull(JsonNode node) {
        Snowflake bits = node.isTextual() || node.isIntegralNumber() ? Snowflake.parseOrNull(node.asText()) : null;
        return bits == null ? null : Long.valueOf(bits.value() & ALL);
    }
}
