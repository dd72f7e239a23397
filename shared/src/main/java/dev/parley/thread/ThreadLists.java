package dev.parley.thread;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.ChannelRows;
import dev.parley.channel.Channels;
import dev.parley.guild.Guilds;
import dev.parley.guild.Membership;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.List;

/**
 * Lists of threads, each with where the caller is a member.
 *
 * <p>Thread-safe.
 */
public final class ThreadLists {

    private final Database database;
    private final Channels channels;
    private final Guilds guilds;

    public ThreadLists(Database database, Channels channels, Guilds guilds) {
        this.database = database;
        this.channels = channels;
        this.guilds = guilds;
    }

    /**
     * The active threads of a guild that a user sees, the newest first.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public ObjectNode active(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            Membership member = guilds.require(handle, guildId, userId);
            return body(VisibleThreads.active(handle, member, ChannelRows.ofGuild(handle, guildId)), Integer.MAX_VALUE);
        });
    }

    /**
     * The archived public threads of a channel, the one archived last at the head.
     *
     * @param page {@code before} is a moment in ISO 8601
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code MISSING_PERMISSIONS} without
     *     READ_MESSAGE_HISTORY
     */
    public ObjectNode archivedPublic(Snowflake channelId, Snowflake userId, ThreadPage page) {
        requireReadable(channelId, userId);
        return archived(channelId, userId, false, page);
    }

    /**
     * The archived private threads of a channel, for who manages threads.
     *
     * @param page {@code before} is a moment in ISO 8601
     * @throws ApiException as {@link #archivedPublic}; {@code MISSING_PERMISSIONS} without MANAGE_THREADS, too
     */
    public ObjectNode archivedPrivate(Snowflake channelId, Snowflake userId, ThreadPage page) {
        requireReadable(channelId, userId).require(Permission.MANAGE_THREADS);
        return archived(channelId, userId, true, page);
    }

    /**
     * The archived private threads of a channel that the user is in, the newest first.
     *
     * @param page {@code before} is a thread's id
     * @throws ApiException as {@link #archivedPublic}
     */
    public ObjectNode archivedJoined(Snowflake channelId, Snowflake userId, ThreadPage page) {
        requireReadable(channelId, userId);
        long before = page.beforeId();
        return body(
                database.query(
                        handle -> ThreadRows.archivedJoined(handle, channelId, userId, before, page.limit() + 1)),
                page.limit());
    }

    /**
     * Threads of a channel that the user sees, active and archived.
     *
     * @throws ApiException as {@link #archivedPublic}
     */
    public ObjectNode search(Snowflake channelId, Snowflake userId, ThreadQuery query) {
        boolean all = requireReadable(channelId, userId).may(Permission.MANAGE_THREADS);
        return database.query(handle -> {
            ObjectNode body =
                    body(ThreadRows.search(handle, channelId, userId, all, query, query.limit() + 1), query.limit());
            body.put("total_results", ThreadRows.countMatching(handle, channelId, userId, all, query));
            return body;
        });
    }

    private ObjectNode archived(Snowflake channelId, Snowflake userId, boolean privateOnes, ThreadPage page) {
        return body(
                database.query(handle -> ThreadRows.archived(
                        handle, channelId, userId, privateOnes, page.beforeMoment(), page.limit() + 1)),
                page.limit());
    }

    private ChannelAccess requireReadable(Snowflake channelId, Snowflake userId) {
        ChannelAccess access = channels.access(channelId, userId).require(Permission.READ_MESSAGE_HISTORY);
        Channel channel = access.channel();
        if (channel.type() != Channel.TEXT && channel.type() != Channel.ANNOUNCEMENT) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        return access;
    }

    /** A list, of which there may be one too many: then there are more. */
    private static ObjectNode body(List<SeenThread> found, int limit) {
        ObjectNode body = Json.object();
        ArrayNode threads = body.putArray("threads");
        ArrayNode members = body.putArray("members");
        found.stream().limit(limit).forEach(seen -> {
            threads.add(seen.thread().body());
            if (seen.joined() != null) {
                members.add(seen.joined().body());
            }
        });
        body.put("has_more", found.size() > limit);
        return body;
    }
}
