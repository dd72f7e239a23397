package dev.parley.search;

import dev.parley.search.SearchQuery.Clause;
import dev.parley.shard.Content;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Asks the index. The rarest condition is read in the order of time, and each message that it names is looked up under the
 * others, until the page is full; so a page costs the same in a channel of any size. At the most {@link #MOST_CANDIDATES}
 * messages are looked up: of conditions that are each common and never meet, older matches are not found.
 *
 * <p>Used by one transaction.
 */
final class PostingSearch {

    /** Of one search, over all channels. */
    static final int MOST_CANDIDATES = 10_000;

    /** The most that a total says: nobody can page further. */
    static final int MOST_TOTAL = SearchQuery.MAX_OFFSET + 25;

    private static final int FEWEST_CANDIDATES_OF_PLACE = 100;

    /** What of each token is read to tell which is rarest, over all channels. */
    private static final int RARE = 500;

    private static final int FEWEST_READ_OF_PLACE = 20;

    private static final int SAMPLE = 1_000;

    private static final String RARITIES = """
            SELECT t.token, sum(f.postings) AS postings, bool_and(f.postings < :each) AS counted,
              coalesce(avg(f.oldest) FILTER (WHERE f.postings = :each), 0)::bigint AS oldest
            FROM unnest(:tokens::bigint[]) AS t (token)
            CROSS JOIN unnest(:places::bigint[]) AS p (id)
            CROSS JOIN LATERAL (
              SELECT count(*) AS postings, min(y.message_id) AS oldest FROM (
                SELECT x.message_id FROM search_postings x
                WHERE x.place_id = p.id AND x.token = t.token AND x.message_id > :after AND x.message_id < :before
                ORDER BY x.message_id DESC LIMIT :each) y) f
            GROUP BY t.token
            """;

    private static final String COUNTS = """
            SELECT t.token, (SELECT count(*) FROM (
              SELECT 1 FROM unnest(:places::bigint[]) AS p (id) CROSS JOIN LATERAL (
                SELECT 1 FROM search_postings x
                WHERE x.place_id = p.id AND x.token = t.token AND x.message_id > :after AND x.message_id < :before
                LIMIT :most) y LIMIT :most) z) AS postings
            FROM unnest(:tokens::bigint[]) AS t (token)
            """;

    /** Channels and the public threads in them, each with its place. */
    private static final String CHANNELS =
            "(SELECT x.id, x.id AS channel FROM unnest(:places::bigint[]) AS x (id) UNION ALL"
                    + " SELECT h.parent_id, h.id FROM unnest(:parents::bigint[], :threads::bigint[]) AS h (parent_id, id)) p";

    private static final String COUNT_MESSAGES = "SELECT count(*) FROM (SELECT 1 FROM " + CHANNELS + """
             CROSS JOIN LATERAL (
                SELECT 1 FROM messages x
                WHERE x.channel_id = p.channel AND x.id > :after AND x.id < :before LIMIT :most) y LIMIT :most) z
            """;

    private final Content content;
    private final Handle handle;
    private final SearchQuery query;
    private final SearchPlaces places;
    private final List<Clause> positive;
    private final List<Clause> others = new ArrayList<>();

    /** The tokens that are read; empty if all messages are. */
    private Set<Long> driver = Set.of();

    /** Null before they are needed. */
    private @Nullable List<DirectoryRows.PublicThread> threads;

    /** Whether it names no more than may be looked up, wherever they are. */
    private boolean bounded;

    PostingSearch(Content content, SearchQuery query, SearchPlaces places) {
        this.content = content;
        this.handle = content.handle();
        this.query = query;
        this.places = places;
        positive = query.clauses().stream().filter(clause -> !clause.negative()).toList();
    }

    /** A message that the index names. */
    record Found(long channelId, long messageId) {}

    /**
     * @param total how many there are: exact while few, at the most {@link #MOST_TOTAL}
     */
    record Page(List<Found> found, int total) {}

    Page page() {
        if (places.places().isEmpty()) {
            return new Page(List.of(), 0);
        }
        chooseDriver();
        List<Found> found = candidates();
        return new Page(found, total(found.size()));
    }

    private void chooseDriver() {
        others.addAll(query.clauses());
        if (positive.isEmpty()) {
            return;
        }
        Clause rarest = positive.getFirst();
        if (positive.size() > 1) {
            Map<Clause, Rarity> rarities = rarities();
            rarest = Collections.min(positive, Comparator.comparing(rarities::get, Rarity.RAREST_FIRST));
            bounded = Objects.requireNonNull(rarities.get(rarest)).counted();
        }
        others.remove(rarest);
        driver = rarest.anyOf();
    }

    /**
     * How rare messages are.
     *
     * @param postings how many there are, if they were few enough to be counted
     * @param oldest otherwise, how far back the newest ones reach
     */
    private record Rarity(long postings, boolean counted, long oldest) {

        static final Comparator<Rarity> RAREST_FIRST = Comparator.comparing(Rarity::counted)
                .reversed()
                .thenComparingLong(rarity -> rarity.counted() ? rarity.postings() : rarity.oldest());

        static final Rarity NONE = new Rarity(0, true, 0);

        Rarity or(Rarity other) {
            return new Rarity(postings + other.postings, counted && other.counted, Math.max(oldest, other.oldest));
        }
    }

    private Map<Clause, Rarity> rarities() {
        Set<Long> tokens = new HashSet<>();
        positive.forEach(clause -> tokens.addAll(clause.anyOf()));
        Map<Long, Rarity> ofTokens = new HashMap<>();
        bindRange(handle.createQuery(RARITIES))
                .bind("tokens", tokens.toArray(Long[]::new))
                .bind(
                        "each",
                        Math.max(FEWEST_READ_OF_PLACE, RARE / places.places().size()))
                .map((rs, context) -> ofTokens.put(
                        rs.getLong("token"),
                        new Rarity(rs.getLong("postings"), rs.getBoolean("counted"), rs.getLong("oldest"))))
                .list();
        Map<Clause, Rarity> rarities = new HashMap<>();
        for (Clause clause : positive) {
            rarities.put(
                    clause,
                    clause.anyOf().stream()
                            .map(token -> ofTokens.getOrDefault(token, Rarity.NONE))
                            .reduce(Rarity.NONE, Rarity::or));
        }
        return rarities;
    }

    private Map<Long, Integer> postings(Set<Long> tokens, int most) {
        Map<Long, Integer> counts = new HashMap<>();
        bindRange(handle.createQuery(COUNTS))
                .bind("tokens", tokens.toArray(Long[]::new))
                .bind("most", most)
                .map((rs, context) -> counts.put(rs.getLong("token"), rs.getInt("postings")))
                .list();
        return counts;
    }

    private List<Found> candidates() {
        String order = query.ascending() ? "ASC" : "DESC";
        boolean once = driver.size() <= 1;
        String sql = "SELECT " + (once ? "" : "DISTINCT ") + "d.channel_id, d.message_id FROM " + source()
                + " CROSS JOIN LATERAL (SELECT c.message_id, c.channel_id FROM (" + driverSelect(order) + ") c WHERE "
                + conditions() + " ORDER BY c.message_id " + order + " LIMIT :window) d ORDER BY d.message_id " + order
                + " OFFSET :offset LIMIT :limit";
        int eachPlace = bounded
                ? MOST_CANDIDATES
                : Math.max(
                        FEWEST_CANDIDATES_OF_PLACE,
                        MOST_CANDIDATES / places.places().size());
        return bindConditions(bindRange(handle.createQuery(sql)))
                .bind("budget", Math.max(eachPlace, query.offset() + query.limit()))
                .bind("window", query.offset() + query.limit())
                .bind("offset", query.offset())
                .bind("limit", query.limit())
                .map((rs, context) -> new Found(rs.getLong("channel_id"), rs.getLong("message_id")))
                .list();
    }

    /** How many there are. Past a sample it is what the sample makes of the number of candidates. */
    private int total(int found) {
        int seen = query.offset() + found;
        if (found > 0 && found < query.limit()) {
            return seen;
        }
        if (found == 0 && query.offset() == 0) {
            return 0;
        }
        int candidates = candidateCount();
        if (others.isEmpty() && places.only() == null) {
            return Math.max(seen, candidates);
        }
        String sql = "SELECT count(*) AS looked_up, count(*) FILTER (WHERE " + conditions()
                + ") AS matching FROM (SELECT c.*" + " FROM " + source() + " CROSS JOIN LATERAL ("
                + driverSelect("DESC") + ") c LIMIT " + SAMPLE + ") c";
        record Sample(int lookedUp, int matching) {}
        Sample sample = bindConditions(bindRange(handle.createQuery(sql)))
                .bind("budget", SAMPLE)
                .map((rs, context) -> new Sample(rs.getInt("looked_up"), rs.getInt("matching")))
                .one();
        int estimate = sample.lookedUp() == 0 ? 0 : (int) ((long) candidates * sample.matching() / sample.lookedUp());
        return Math.min(MOST_TOTAL, Math.max(seen, estimate));
    }

    private int candidateCount() {
        if (driver.isEmpty()) {
            return bindThreads(bindRange(handle.createQuery(COUNT_MESSAGES)))
                    .bind("most", MOST_TOTAL)
                    .mapTo(Integer.class)
                    .one();
        }
        int sum = postings(driver, MOST_TOTAL).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return Math.min(sum, MOST_TOTAL);
    }

    /** What is looked through: a channel, with a token if there is one. */
    private String source() {
        if (!driver.isEmpty()) {
            return "unnest(:places::bigint[]) AS p (id) CROSS JOIN unnest(:driver::bigint[]) AS t (token)";
        }
        return CHANNELS;
    }

    /** The candidates of one place in the order of time. */
    private String driverSelect(String order) {
        return driver.isEmpty()
                ? "SELECT x.id AS message_id, x.channel_id, p.id AS place_id FROM messages x"
                        + " WHERE x.channel_id = p.channel AND x.id > :after AND x.id < :before"
                        + " ORDER BY x.id " + order + " LIMIT :budget"
                : "SELECT x.message_id, coalesce(x.thread_id, x.place_id) AS channel_id, x.place_id FROM search_postings x"
                        + " WHERE x.place_id = p.id AND x.token = t.token"
                        + " AND x.message_id > :after AND x.message_id < :before"
                        + " ORDER BY x.message_id " + order + " LIMIT :budget";
    }

    /**
     * The other conditions of a candidate. Each is a subquery in an expression, which the planner leaves where it is: a look
     * at the index for each candidate, and never a join of all that the two have.
     */
    private String conditions() {
        StringBuilder conditions = new StringBuilder("true");
        for (int i = 0; i < others.size(); i++) {
            conditions
                    .append(" AND (SELECT true FROM search_postings y WHERE y.place_id = c.place_id AND y.token = ")
                    .append(
                            others.get(i).anyOf().size() == 1
                                    ? "(:other" + i + "::bigint[])[1]"
                                    : "ANY (:other" + i + "::bigint[])")
                    .append(" AND y.message_id = c.message_id LIMIT 1) IS ")
                    .append(others.get(i).negative() ? "NULL" : "NOT NULL");
        }
        if (places.only() != null) {
            conditions.append(" AND c.channel_id = ANY (:only::bigint[])");
        }
        return conditions.toString();
    }

    private Query bindRange(Query statement) {
        return statement
                .bind("places", places.places().toArray(Long[]::new))
                .bind("after", query.after())
                .bind("before", query.before());
    }

    /** The public threads in the places, which the directory knows. */
    private Query bindThreads(Query statement) {
        List<DirectoryRows.PublicThread> threads = threads();
        return statement
                .bind(
                        "parents",
                        threads.stream()
                                .map(DirectoryRows.PublicThread::parentId)
                                .toArray(Long[]::new))
                .bind(
                        "threads",
                        threads.stream().map(DirectoryRows.PublicThread::id).toArray(Long[]::new));
    }

    private List<DirectoryRows.PublicThread> threads() {
        List<DirectoryRows.PublicThread> known = threads;
        if (known == null) {
            known = content.inDirectory(directory -> DirectoryRows.publicThreads(directory, places.places()));
            threads = known;
        }
        return known;
    }

    private Query bindConditions(Query statement) {
        if (driver.isEmpty()) {
            bindThreads(statement);
        } else {
            statement.bind("driver", driver.toArray(Long[]::new));
        }
        for (int i = 0; i < others.size(); i++) {
            statement.bind("other" + i, others.get(i).anyOf().toArray(Long[]::new));
        }
        Set<Long> only = places.only();
        if (only != null) {
            statement.bind("only", only.toArray(Long[]::new));
        }
        return statement;
    }
}
