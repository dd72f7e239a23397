package dev.parley.thread;

import dev.parley.channel.AutoArchive;
import dev.parley.channel.Channel;
import dev.parley.channel.ThreadState;
import dev.parley.protocol.Form;
import java.util.Objects;

/** What a client asks a thread to be (Discord documentation, "Modify Channel", "Thread"); what is absent stays. */
record ThreadForm(
        String name,
        boolean archived,
        boolean locked,
        boolean invitable,
        int autoArchiveDuration,
        int rateLimitPerUser) {

    /** A thread as it is. */
    static ThreadForm of(Channel thread) {
        ThreadState state = Objects.requireNonNull(thread.thread());
        return new ThreadForm(
                String.valueOf(thread.name()),
                state.archived(),
                state.locked(),
                state.invitable(),
                state.autoArchiveDuration(),
                thread.rateLimitPerUser());
    }

    /**
     * This with a form's fields in place of its own.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    ThreadForm with(Form form) {
        String newName = form.optionalText("name", 1, 100);
        boolean nowArchived = form.flag("archived", archived);
        boolean nowLocked = form.flag("locked", locked);
        boolean nowInvitable = form.flag("invitable", invitable);
        Integer duration = AutoArchive.read(form, "auto_archive_duration");
        Integer rateLimit = form.optionalInteger("rate_limit_per_user", 0, 21_600);
        form.check();
        return new ThreadForm(
                newName == null ? name : newName,
                nowArchived,
                nowLocked,
                nowInvitable,
                duration == null ? autoArchiveDuration : duration,
                rateLimit == null ? rateLimitPerUser : rateLimit);
    }

    /** The same, archived or not as another one is. */
    ThreadForm archivedAs(ThreadForm other) {
        return new ThreadForm(name, other.archived, locked, invitable, autoArchiveDuration, rateLimitPerUser);
    }

    /** Whether another one is locked, and slowed down, just as this. */
    boolean restrictsAs(ThreadForm other) {
        return locked == other.locked && rateLimitPerUser == other.rateLimitPerUser;
    }
}
