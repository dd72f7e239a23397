package dev.parley.thread;

import dev.parley.channel.Channel;
import dev.parley.guild.Membership;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Which threads of a guild a member sees. */
public final class VisibleThreads {

    private VisibleThreads() {}

    /**
     * The active threads that a member sees, the newest first, in the caller's transaction.
     *
     * @param channels all channels of the guild
     */
    public static List<SeenThread> active(Handle handle, Membership member, List<Channel> channels) {
        Map<Snowflake, Long> permissions = new HashMap<>();
        channels.forEach(channel -> permissions.put(channel.id(), member.inThread(channel.permissionOverwrites())));
        return ThreadRows.active(handle, member.guildId(), member.userId()).stream()
                .filter(seen ->
                        sees(seen, permissions.getOrDefault(seen.thread().parentId(), 0L)))
                .toList();
    }

    /** The active public threads of a channel, the newest first, at the most {@code limit}, in the caller's transaction. */
    public static List<Channel> activeOf(Handle handle, Snowflake channelId, int limit) {
        return ThreadRows.activeOf(handle, channelId, limit).stream()
                .map(SeenThread::thread)
                .toList();
    }

    /**
     * Those of the channels that are threads, the newest first, as a user has them, in the caller's transaction. Who may see
     * them is the caller's to know.
     */
    public static List<SeenThread> among(Handle handle, Snowflake userId, List<Snowflake> channelIds) {
        return channelIds.isEmpty() ? List.of() : ThreadRows.among(handle, userId, channelIds);
    }

    private static boolean sees(SeenThread seen, long inThread) {
        long permissions = seen.thread().type() == Channel.PRIVATE_THREAD
                ? PermissionCalculator.inPrivateThread(inThread, seen.joined() != null)
                : inThread;
        return Permission.VIEW_CHANNEL.in(permissions);
    }
}
