package dev.parley.channel;

import dev.parley.permission.Overwrite;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Set;

/** A change of a guild's channel that a client asks for (Discord documentation, "Modify Channel"). */
final class ChannelForm {

    private static final String AUTO_ARCHIVE = "default_auto_archive_duration";
    private static final Set<Integer> CONVERTIBLE = Set.of(Channel.TEXT, Channel.ANNOUNCEMENT);

    private ChannelForm() {}

    /**
     * A channel with the form's fields in place of its own. What is absent stays; a topic, a parent or a duration that is
     * null goes.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}, also for a type that the channel cannot become: a
     *     text channel can become an announcement channel, and back
     */
    static Channel apply(Form form, Channel channel) {
        String name = form.has("name") ? form.requiredText("name", 1, 100) : channel.name();
        Integer type = form.optionalInteger("type", 0, 255);
        if (type != null
                && type != channel.type()
                && !(CONVERTIBLE.contains(type) && CONVERTIBLE.contains(channel.type()))) {
            form.error("type", "CHANNEL_TYPE_INVALID", "The channel cannot become one of that type.");
        }
        String topic = form.has("topic") ? form.optionalText("topic", 0, 1024) : channel.topic();
        Integer position = form.optionalInteger("position", 0, 1000);
        Snowflake parentId = form.has("parent_id") ? form.optionalSnowflake("parent_id") : channel.parentId();
        boolean nsfw = form.flag("nsfw", channel.nsfw());
        Integer rateLimit = form.optionalInteger("rate_limit_per_user", 0, 21_600);
        Integer autoArchive =
                form.has(AUTO_ARCHIVE) ? AutoArchive.read(form, AUTO_ARCHIVE) : channel.defaultAutoArchiveDuration();
        Integer threadRateLimit = form.optionalInteger("default_thread_rate_limit_per_user", 0, 21_600);
        boolean permits = form.has("permission_overwrites")
                && !form.raw("permission_overwrites").isNull();
        List<Overwrite> overwrites = permits ? Overwrites.read(form) : channel.permissionOverwrites();
        form.check();
        return new Channel(
                channel.id(),
                type == null ? channel.type() : type,
                channel.guildId(),
                name,
                topic,
                position == null ? channel.position() : position,
                parentId,
                nsfw,
                rateLimit == null ? channel.rateLimitPerUser() : rateLimit,
                channel.lastMessageId(),
                overwrites,
                autoArchive,
                threadRateLimit == null ? channel.defaultThreadRateLimitPerUser() : threadRateLimit,
                null);
    }
}
