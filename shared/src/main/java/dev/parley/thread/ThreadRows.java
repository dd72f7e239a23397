package dev.parley.thread;

import dev.parley.channel.Channel;
import dev.parley.channel.ChannelRows;
import dev.parley.channel.ThreadMember;
import dev.parley.channel.ThreadState;
import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table of threads. Everything runs in the caller's transaction. */
final class ThreadRows {

    private static final String FROM = """
            FROM threads t JOIN channels c ON c.id = t.id
            LEFT JOIN thread_members m ON m.thread_id = t.id AND m.user_id = :user
            """;

    private static final String SEEN = "SELECT " + ChannelRows.COLUMNS + """
            , m.user_id AS own_user_id, m.joined_at AS own_joined_at
            """ + FROM;

    /** A name is looked for as it is, whatever stands in it. */
    private static final String MATCHING = """
            WHERE t.parent_id = :parent AND (c.type <> 12 OR :all OR m.user_id IS NOT NULL)
            AND t.id BETWEEN :min AND :max
            AND (CAST(:archived AS boolean) IS NULL OR (t.archives_at <= now()) = :archived)
            AND (CAST(:name AS text) IS NULL OR strpos(lower(c.name), lower(CAST(:name AS text))) > 0)
            """;

    private ThreadRows() {}

    /** A thread that is there. */
    static Optional<Channel> find(Handle handle, Snowflake threadId) {
        return ChannelRows.findAll(handle, List.of(threadId)).stream()
                .findFirst()
                .filter(Channel::isThread);
    }

    /** Adds what makes a channel, which was added, a thread that is active from now on. */
    static void insert(Handle handle, Channel channel, Snowflake parentId, ThreadState state) {
        handle.execute(
                "INSERT INTO threads (id, guild_id, parent_id, owner_id, invitable, auto_archive_duration, archives_at)"
                        + " SELECT id, guild_id, ?, ?, ?, ?, now() + make_interval(mins => ?) FROM channels WHERE id = ?",
                parentId.value(),
                state.ownerId().value(),
                state.invitable(),
                state.autoArchiveDuration(),
                state.autoArchiveDuration(),
                channel.id().value());
    }

    /** How many active threads a guild has. */
    static int countActive(Handle handle, Snowflake guildId) {
        return handle.select("SELECT count(*) FROM threads WHERE guild_id = ? AND archives_at > now()", guildId.value())
                .mapTo(Integer.class)
                .one();
    }

    /** Stores what is not about being archived. */
    static void update(Handle handle, Snowflake threadId, boolean locked, boolean invitable, int autoArchiveDuration) {
        handle.execute(
                "UPDATE threads SET locked = ?, invitable = ?, archives_at = CASE WHEN archives_at > now()"
                        + " THEN archives_at + make_interval(mins => ? - auto_archive_duration) ELSE archives_at END,"
                        + " auto_archive_duration = ? WHERE id = ?",
                locked,
                invitable,
                autoArchiveDuration,
                autoArchiveDuration,
                threadId.value());
    }

    /** Archives a thread now; the caller tells of it. */
    static void archive(Handle handle, Snowflake threadId) {
        handle.execute("UPDATE threads SET archives_at = now(), archive_told = true WHERE id = ?", threadId.value());
    }

    /** Brings an archived thread back. */
    static void activate(Handle handle, Snowflake threadId) {
        handle.execute(
                "UPDATE threads SET archives_at = now() + make_interval(mins => auto_archive_duration),"
                        + " activated_at = now(), archive_told = false WHERE id = ?",
                threadId.value());
    }

    /**
     * Counts a message and notes the activity, which need not be more exact than a minute: most messages of a busy thread
     * then touch no index.
     */
    static void count(Handle handle, Snowflake threadId) {
        handle.execute(
                "UPDATE threads SET message_count = message_count + 1, total_message_sent = total_message_sent + 1,"
                        + " archives_at = CASE WHEN archives_at < now() + make_interval(mins => auto_archive_duration - 1)"
                        + " THEN now() + make_interval(mins => auto_archive_duration) ELSE archives_at END WHERE id = ?",
                threadId.value());
    }

    /** Counts messages that are deleted. */
    static void uncount(Handle handle, Snowflake threadId, int messages) {
        handle.execute(
                "UPDATE threads SET message_count = greatest(0, message_count - ?) WHERE id = ?",
                messages,
                threadId.value());
    }

    /** Takes at most so many threads that are archived by now and of which nobody was told, and notes that it is done. */
    static List<Snowflake> takeDue(Handle handle, int limit) {
        return handle.select(
                        "UPDATE threads SET archive_told = true WHERE id IN (SELECT id FROM threads"
                                + " WHERE archives_at <= now() AND NOT archive_told ORDER BY archives_at LIMIT ?"
                                + " FOR UPDATE SKIP LOCKED) RETURNING id",
                        limit)
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }

    /** A guild's active threads, the newest first. */
    static List<SeenThread> active(Handle handle, Snowflake guildId, Snowflake userId) {
        return seen(handle.createQuery("SELECT * FROM active_threads_of_guild(:guild, :user)")
                .bind("user", userId.value())
                .bind("guild", guildId.value()));
    }

    /** Those of the channels that are threads, the newest first. */
    static List<SeenThread> among(Handle handle, Snowflake userId, List<Snowflake> channelIds) {
        return seen(handle.createQuery(SEEN + "WHERE t.id = ANY (:ids) ORDER BY t.id DESC")
                .bind("user", userId.value())
                .bind("ids", MemberRows.longs(channelIds)));
    }

    /** A channel's active public threads, the newest first. */
    static List<SeenThread> activeOf(Handle handle, Snowflake parentId, int limit) {
        return seen(handle.createQuery(SEEN
                        + "WHERE t.parent_id = :parent AND t.archives_at > now() AND c.type <> 12"
                        + " ORDER BY t.id DESC LIMIT :limit")
                .bind("user", 0L)
                .bind("parent", parentId.value())
                .bind("limit", limit));
    }

    /** A channel's archived threads, the one archived last at the head. */
    static List<SeenThread> archived(
            Handle handle,
            Snowflake parentId,
            Snowflake userId,
            boolean privateOnes,
            @Nullable Instant before,
            int limit) {
        return seen(handle.createQuery(SEEN
                        + "WHERE t.parent_id = :parent AND t.archives_at <= now() AND (c.type = 12) = :private"
                        + " AND t.archives_at < coalesce(:before, 'infinity'::timestamptz)"
                        + " ORDER BY t.archives_at DESC, t.id DESC LIMIT :limit")
                .bind("user", userId.value())
                .bind("parent", parentId.value())
                .bind("private", privateOnes)
                .bind("before", before == null ? null : before.atOffset(ZoneOffset.UTC))
                .bind("limit", limit));
    }

    /** A channel's archived private threads that a user is in, the newest first. */
    static List<SeenThread> archivedJoined(
            Handle handle, Snowflake parentId, Snowflake userId, long before, int limit) {
        return seen(handle.createQuery(SEEN
                        + "WHERE t.parent_id = :parent AND t.archives_at <= now() AND c.type = 12"
                        + " AND m.user_id IS NOT NULL AND t.id < :before ORDER BY t.id DESC LIMIT :limit")
                .bind("user", userId.value())
                .bind("parent", parentId.value())
                .bind("before", before)
                .bind("limit", limit));
    }

    /**
     * Threads of a channel that somebody looks for.
     *
     * @param all whether private threads that the user is not in are among them
     * @param limit of the page, in place of the query's
     */
    static List<SeenThread> search(
            Handle handle, Snowflake parentId, Snowflake userId, boolean all, ThreadQuery query, int limit) {
        String order = query.sortBy().column() + (query.ascending() ? " ASC" : " DESC");
        return seen(bind(
                        handle.createQuery(
                                SEEN + MATCHING + " ORDER BY " + order + ", t.id DESC LIMIT :limit OFFSET :offset"),
                        parentId,
                        userId,
                        all,
                        query)
                .bind("limit", limit)
                .bind("offset", query.offset()));
    }

    /** How many there are. */
    static int countMatching(Handle handle, Snowflake parentId, Snowflake userId, boolean all, ThreadQuery query) {
        return bind(handle.createQuery("SELECT count(*) " + FROM + MATCHING), parentId, userId, all, query)
                .mapTo(Integer.class)
                .one();
    }

    private static Query bind(Query sql, Snowflake parentId, Snowflake userId, boolean all, ThreadQuery query) {
        return sql.bind("user", userId.value())
                .bind("parent", parentId.value())
                .bind("all", all)
                .bind("name", query.name())
                .bind("archived", query.archived())
                .bind("min", query.minId())
                .bind("max", query.maxId());
    }

    private static List<SeenThread> seen(Query query) {
        return query.map((rs, context) -> seen(rs)).list();
    }

    private static SeenThread seen(ResultSet row) throws SQLException {
        Channel thread = ChannelRows.read(row);
        Instant joinedAt = MemberRows.instantOrNull(row, "own_joined_at");
        return new SeenThread(
                thread,
                joinedAt == null
                        ? null
                        : new ThreadMember(thread.id(), new Snowflake(row.getLong("own_user_id")), joinedAt));
    }
}
