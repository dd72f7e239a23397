package dev.parley.audit;

/** What an entry of the audit log tells (Discord documentation, "Audit Log Events"), as far as Parley does it. */
public enum AuditAction {
    GUILD_UPDATE(1),
    CHANNEL_CREATE(10),
    CHANNEL_UPDATE(11),
    CHANNEL_DELETE(12),
    CHANNEL_OVERWRITE_CREATE(13),
    CHANNEL_OVERWRITE_UPDATE(14),
    CHANNEL_OVERWRITE_DELETE(15),
    MEMBER_KICK(20),
    MEMBER_PRUNE(21),
    MEMBER_BAN_ADD(22),
    MEMBER_BAN_REMOVE(23),
    MEMBER_UPDATE(24),
    MEMBER_ROLE_UPDATE(25),
    BOT_ADD(28),
    ROLE_CREATE(30),
    ROLE_UPDATE(31),
    ROLE_DELETE(32),
    INVITE_CREATE(40),
    INVITE_DELETE(42),
    WEBHOOK_CREATE(50),
    WEBHOOK_UPDATE(51),
    WEBHOOK_DELETE(52),
    EMOJI_CREATE(60),
    EMOJI_UPDATE(61),
    EMOJI_DELETE(62),
    MESSAGE_DELETE(72),
    MESSAGE_BULK_DELETE(73),
    MESSAGE_PIN(74),
    MESSAGE_UNPIN(75),
    INTEGRATION_DELETE(82),
    THREAD_CREATE(110),
    THREAD_UPDATE(111),
    THREAD_DELETE(112),
    APPLICATION_COMMAND_PERMISSION_UPDATE(121),
    AUTO_MODERATION_RULE_CREATE(140),
    AUTO_MODERATION_RULE_UPDATE(141),
    AUTO_MODERATION_RULE_DELETE(142),
    AUTO_MODERATION_BLOCK_MESSAGE(143),
    AUTO_MODERATION_FLAG_TO_CHANNEL(144),
    AUTO_MODERATION_USER_COMMUNICATION_DISABLED(145);

    private final int code;

    AuditAction(int code) {
        this.code = code;
    }

    /** The number in {@code action_type}. */
    public int code() {
        return code;
    }
}
