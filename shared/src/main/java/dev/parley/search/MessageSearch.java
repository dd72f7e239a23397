package dev.parley.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.ThreadMember;
import dev.parley.message.FoundMessages;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.search.PostingSearch.Found;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import dev.parley.thread.SeenThread;
import dev.parley.thread.VisibleThreads;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds messages of a guild, in the channels whose history the searcher may read (Discord documentation, "Search Guild
 * Messages"). What was committed before a search began is found, since the search brings the index up to date first.
 *
 * <p>Thread-safe.
 */
public final class MessageSearch {

    private static final int RETRY_AFTER_SECONDS = 2;

    private final Database database;
    private final ContentDatabase content;
    private final MessageIndex index;
    private final Duration catchingUp;

    /** @param catchingUp for bringing the index up to date; what takes longer is answered with "not ready" */
    public MessageSearch(Database database, ContentDatabase content, MessageIndex index, Duration catchingUp) {
        this.database = database;
        this.content = content;
        this.index = index;
        this.catchingUp = catchingUp;
    }

    /**
     * What a search gives.
     *
     * @param ready whether the body has results; otherwise it says when to ask again
     */
    public record Answer(boolean ready, ObjectNode body) {}

    /**
     * Searches.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public Answer search(Snowflake guildId, Snowflake userId, SearchQuery query) {
        SearchPlaces places = database.query(handle -> SearchPlaces.find(handle, guildId, userId, query));
        MessageIndex.Progress progress = index.catchUp(guildId, catchingUp);
        if (!progress.current()) {
            return new Answer(false, notReady(progress.documents()));
        }
        return content.query(LogicalShard.ofGuild(guildId), there -> {
            PostingSearch.Page page = new PostingSearch(there, query, places).page();
            List<Long> channels = page.found().stream().map(Found::channelId).toList();
            List<Long> ids = page.found().stream().map(Found::messageId).toList();
            Set<Long> matching = new HashSet<>();
            DocumentRows.find(there, channels, ids).stream()
                    .filter(query::matches)
                    .forEach(document -> matching.add(document.id()));
            Map<Snowflake, ObjectNode> bodies = FoundMessages.find(
                    there,
                    channels.stream().map(Snowflake::new).toList(),
                    ids.stream().filter(matching::contains).map(Snowflake::new).toList());
            ObjectNode body = Json.object();
            body.put("doing_deep_historical_index", false);
            body.put("documents_indexed", progress.documents());
            ArrayNode messages = Json.array();
            for (Found found : page.found()) {
                ObjectNode message = bodies.get(new Snowflake(found.messageId()));
                if (message != null) {
                    messages.addArray().add(message.put("hit", true));
                }
            }
            body.put("total_results", page.total());
            body.set("messages", messages);
            there.inDirectory(directory -> addThreads(directory, userId, channels, body));
            return new Answer(true, body);
        });
    }

    /** The threads that the messages are in, and the user in those that the user has joined. */
    private static ObjectNode addThreads(Handle handle, Snowflake userId, List<Long> channels, ObjectNode body) {
        ArrayNode threads = body.putArray("threads");
        ArrayNode members = body.putArray("members");
        List<Snowflake> ids = channels.stream().distinct().map(Snowflake::new).toList();
        for (SeenThread seen : VisibleThreads.among(handle, userId, ids)) {
            threads.add(seen.thread().body());
            ThreadMember joined = seen.joined();
            if (joined != null) {
                members.add(joined.body());
            }
        }
        return body;
    }

    private static ObjectNode notReady(long documents) {
        ObjectNode body = new ApiException(ErrorCode.INDEX_NOT_READY).body();
        body.put("documents_indexed", documents);
        body.put("retry_after", RETRY_AFTER_SECONDS);
        return body;
    }
}
