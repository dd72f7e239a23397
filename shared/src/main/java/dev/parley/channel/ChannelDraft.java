package dev.parley.channel;

import dev.parley.permission.Overwrite;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The channel that a client asks for (Discord documentation, "Create Guild Channel"), checked. */
record ChannelDraft(
        String name,
        int type,
        @Nullable String topic,
        @Nullable Integer position,
        @Nullable Snowflake parentId,
        boolean nsfw,
        int rateLimitPerUser,
        List<Overwrite> overwrites,
        @Nullable Integer defaultAutoArchiveDuration,
        int defaultThreadRateLimitPerUser) {

    private static final Set<Integer> TYPES = Set.of(Channel.TEXT, Channel.CATEGORY, Channel.ANNOUNCEMENT);

    static ChannelDraft read(Form form) {
        String name = form.requiredText("name", 1, 100);
        Integer type = form.optionalInteger("type", 0, 255);
        if (type != null && !TYPES.contains(type)) {
            form.error("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 4, 5}.");
        }
        String topic = form.optionalText("topic", 0, 1024);
        Integer position = form.optionalInteger("position", 0, 1000);
        Snowflake parentId = form.optionalSnowflake("parent_id");
        boolean nsfw = form.flag("nsfw", false);
        Integer rateLimit = form.optionalInteger("rate_limit_per_user", 0, 21_600);
        List<Overwrite> overwrites = Overwrites.read(form);
        Integer autoArchive = AutoArchive.read(form, "default_auto_archive_duration");
        Integer threadRateLimit = form.optionalInteger("default_thread_rate_limit_per_user", 0, 21_600);
        form.check();
        return new ChannelDraft(
                name,
                type == null ? Channel.TEXT : type,
                topic,
                position,
                parentId,
                nsfw,
                rateLimit == null ? 0 : rateLimit,
                overwrites,
                autoArchive,
                threadRateLimit == null ? 0 : threadRateLimit);
    }
}
