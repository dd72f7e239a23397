package dev.parley.channel;

import dev.parley.permission.Overwrite;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.List;

/** A change of a guild's channel that a client asks for (Discord documentation, "Modify Channel"). */
final class ChannelForm {

    private ChannelForm() {}

    /**
     * A channel with the form's fields in place of its own. What is absent stays; a topic or a parent that is null goes.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}, also for another type: none can be changed
     */
    static Channel apply(Form form, Channel channel) {
        String name = form.has("name") ? form.requiredText("name", 1, 100) : channel.name();
        Integer type = form.optionalInteger("type", 0, 255);
        if (type != null && type != channel.type()) {
            form.error("type", "CHANNEL_TYPE_INVALID", "The type cannot be changed.");
        }
        String topic = form.has("topic") ? form.optionalText("topic", 0, 1024) : channel.topic();
        Integer position = form.optionalInteger("position", 0, 1000);
        Snowflake parentId = form.has("parent_id") ? form.optionalSnowflake("parent_id") : channel.parentId();
        boolean nsfw = form.flag("nsfw", channel.nsfw());
        Integer rateLimit = form.optionalInteger("rate_limit_per_user", 0, 21_600);
        boolean permits = form.has("permission_overwrites")
                && !form.raw("permission_overwrites").isNull();
        List<Overwrite> overwrites = permits ? Overwrites.read(form) : channel.permissionOverwrites();
        form.check();
        return new Channel(
                channel.id(),
                channel.type(),
                channel.guildId(),
                name,
                topic,
                position == null ? channel.position() : position,
                parentId,
                nsfw,
                rateLimit == null ? channel.rateLimitPerUser() : rateLimit,
                channel.lastMessageId(),
                overwrites);
    }
}
