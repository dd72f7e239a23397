package dev.parley.thread;

import dev.parley.channel.AutoArchive;
import dev.parley.channel.Channel;
import dev.parley.protocol.Form;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a client asks for (Discord documentation, "Start Thread from Message" and "Start Thread without
 * Message"), checked.
 *
 * @param type what kind of thread; it has no meaning for one that begins with a message
 * @param autoArchiveDuration minutes; null for what the channel gives
 * @param rateLimitPerUser seconds; null for what the channel gives
 */
record ThreadDraft(
        String name,
        int type,
        @Nullable Integer autoArchiveDuration,
        @Nullable Integer rateLimitPerUser,
        boolean invitable) {

    static ThreadDraft read(Form form) {
        String name = form.requiredText("name", 1, 100);
        Integer type = form.optionalInteger("type", 0, 255);
        if (type != null
                && type != Channel.ANNOUNCEMENT_THREAD
                && type != Channel.PUBLIC_THREAD
                && type != Channel.PRIVATE_THREAD) {
            form.error("type", "BASE_TYPE_CHOICES", "Value must be one of {10, 11, 12}.");
        }
        Integer autoArchive = AutoArchive.read(form, "auto_archive_duration");
        Integer rateLimit = form.optionalInteger("rate_limit_per_user", 0, 21_600);
        boolean invitable = form.flag("invitable", true);
        form.check();
        // As at Discord, where private threads were the only ones that did not begin with a message.
        return new ThreadDraft(name, type == null ? Channel.PRIVATE_THREAD : type, autoArchive, rateLimit, invitable);
    }
}
