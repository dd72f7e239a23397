package dev.parley.fanout;

import dev.parley.protocol.Json;
import dev.parley.shard.Clusters;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.shard.ShardMap;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that are stored and not yet fanned out. An event is added in the transaction that makes it true, published
 * after the commit, and removed once every session's log has it: an event that a crash left behind is published again. Each
 * cluster has the events of its own transactions.
 *
 * <p>Thread-safe.
 */
public final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** Who has stored an event and not published it after that is gone, and leaves it to the schedule. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private static final int GATHERED_AT_ONCE = 500;

    private final ContentDatabase content;

    public Outbox(ContentDatabase content) {
        this.content = content;
    }

    /** Adds an event in the caller's transaction. A statement of its own may do the same with {@link #encode}. */
    public void add(Handle transaction, Event event) {
        insert(transaction, event);
    }

    /** As {@link #add}, for who has no outbox at hand. */
    public static void insert(Handle transaction, Event event) {
        transaction
                .createUpdate("INSERT INTO outbox (id, payload) VALUES (:id, :payload)")
                .bind("id", event.id().value())
                .bind("payload", encode(event))
                .execute();
    }

    /** The event as the column {@code payload} and the queue carry it. */
    public static String encode(Event event) {
        return Json.text(event);
    }

    /**
     * Reads an event back.
     *
     * @throws dev.parley.protocol.InvalidJsonException if the text is none
     */
    public static Event decode(String payload) {
        return Json.read(payload, Event.class);
    }

    /** Events that were stored longer ago than {@code age}, the oldest first. */
    public List<Event> olderThan(Duration age, int limit) {
        return content
                .everywhere(there -> there.handle()
                        .createQuery("""
                                SELECT payload FROM outbox
                                WHERE created_at < now() - make_interval(secs => :seconds)
                                ORDER BY id LIMIT :limit
                                """)
                        .bind("seconds", age.toMillis() / 1000.0)
                        .bind("limit", limit)
                        .mapTo(String.class)
                        .map(Outbox::decode)
                        .list())
                .stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Event::id))
                .limit(limit)
                .toList();
    }

    /** How long the oldest event has been there; zero when there is none. */
    public Duration oldestAge() {
        return content
                .everywhere(there -> there.handle()
                        .createQuery(
                                "SELECT (extract(epoch FROM now() - created_at) * 1000)::bigint FROM outbox ORDER BY id LIMIT 1")
                        .mapTo(Long.class)
                        .findOne()
                        .map(Duration::ofMillis)
                        .orElse(Duration.ZERO))
                .stream()
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * What happened to an object shortly before and may not be published yet, and then the event itself: in the order in
     * which whoever changed the object had its row. Published in that order nothing overtakes: the queue takes an event once,
     * whoever sends it first. It holds as far as the clocks of two functions agree better than to the time between two
     * changes. It never fails, since the event is stored: without the database it is the event alone.
     *
     * @param shard where the object is
     * @param event has its id from the time at which its transaction held the row of the object
     */
    public List<Event> upTo(LogicalShard shard, Event event) {
        List<Event> events = new ArrayList<>();
        try {
            events.addAll(before(shard, event));
        } catch (RuntimeException e) {
            log.warn("Event {} may overtake an earlier one of the same object", event.id(), e);
        }
        events.add(event);
        return events;
    }

    private List<Event> before(LogicalShard shard, Event event) {
        String subject = event.data().path("id").asText();
        return content
                .query(
                        shard,
                        there -> there.handle()
                                .createQuery("""
                                SELECT payload FROM outbox
                                WHERE id >= :first AND id < :event AND strpos(payload, :subject) > 0
                                ORDER BY id
                                """)
                                .bind("first", event.id().earlier(RECENT).value())
                                .bind("event", event.id().value())
                                .bind("subject", '"' + subject + '"')
                                .mapTo(String.class)
                                .map(Outbox::decode)
                                .list())
                .stream()
                .filter(earlier -> earlier.type() == event.type()
                        && earlier.data().path("id").asText().equals(subject))
                .toList();
    }

    /** Removes events that are fanned out; those that are not there are passed over. */
    public void remove(Collection<Event> events) {
        byCluster(events)
                .forEach((cluster, ids) -> content.clusters()
                        .get(cluster)
                        .query(handle -> handle.execute("DELETE FROM outbox WHERE id = ANY (?)", (Object) ids)));
    }

    /**
     * The events by where they can be: with the directory, or with the content of what they are about. An event whose shard
     * was moved meanwhile is brought to the directory before it is published again ({@link #gather}).
     */
    private Map<String, Long[]> byCluster(Collection<Event> events) {
        Map<String, Long[]> ids = new LinkedHashMap<>();
        if (!events.isEmpty()) {
            ids.put(Clusters.ZERO, ids(events.stream()));
        }
        if (!content.clusters().single()) {
            ShardMap map = content.map();
            events.stream()
                    .collect(Collectors.groupingBy(event ->
                            map.cluster(LogicalShard.ofGroup(event.audience().group()))))
                    .forEach((cluster, some) -> ids.putIfAbsent(cluster, ids(some.stream())));
        }
        return ids;
    }

    private static Long[] ids(Stream<Event> events) {
        return events.map(event -> event.id().value()).toArray(Long[]::new);
    }

    /** Brings events to the directory that were left where their shard is not any more, so that they are found there. */
    public void gather() {
        if (content.clusters().single()) {
            return;
        }
        ShardMap map = content.map();
        for (String cluster : content.clusters().names()) {
            List<Event> astray = cluster.equals(Clusters.ZERO) ? List.of() : astray(cluster, map);
            if (!astray.isEmpty()) {
                content.clusters().directory().transaction(handle -> {
                    astray.forEach(event -> handle.execute(
                            "INSERT INTO outbox (id, payload, created_at) VALUES (?, ?, now() - interval '1 minute')"
                                    + " ON CONFLICT DO NOTHING",
                            event.id().value(),
                            encode(event)));
                    return astray;
                });
                content.clusters()
                        .get(cluster)
                        .query(handle ->
                                handle.execute("DELETE FROM outbox WHERE id = ANY (?)", (Object) ids(astray.stream())));
            }
        }
    }

    private List<Event> astray(String cluster, ShardMap map) {
        return content
                .clusters()
                .get(cluster)
                .query(handle -> handle.createQuery("""
                                SELECT payload FROM outbox WHERE created_at < now() - make_interval(secs => :seconds)
                                ORDER BY id LIMIT :limit
                                """)
                        .bind("seconds", RECENT.toSeconds())
                        .bind("limit", GATHERED_AT_ONCE)
                        .mapTo(String.class)
                        .map(Outbox::decode)
                        .list())
                .stream()
                .filter(event -> !map.cluster(
                                LogicalShard.ofGroup(event.audience().group()))
                        .equals(cluster))
                .toList();
    }

    /**
     * As {@link #remove}, and never fails: rows that stay are published again, and the sessions know that they have seen
     * them.
     */
    void removeDelivered(Collection<Event> events) {
        try {
            remove(events);
        } catch (RuntimeException e) {
            log.warn("{} outbox rows stay after their delivery", events.size(), e);
        }
    }

    /** Which of the events are still there. */
    public List<Snowflake> pending(Collection<Snowflake> ids) {
        Long[] values = ids.stream().map(Snowflake::value).toArray(Long[]::new);
        return content
                .everywhere(there -> there.handle()
                        .select("SELECT id FROM outbox WHERE id = ANY (?)", (Object) values)
                        .mapTo(Long.class)
                        .map(Snowflake::new)
                        .list())
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
