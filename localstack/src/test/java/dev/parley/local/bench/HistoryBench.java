package dev.parley.local.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Whether reading costs the same however much there is: pages of history and search in a channel with few and one with many
 * messages, and members of a small and a large guild. All through the REST API of a whole local cloud, one request at a
 * time. The two sizes take turns, request by request, so that what else the machine does falls on both.
 */
final class HistoryBench {

    private static final long MINUTE_MILLIS = 60_000;
    private static final int WRITES = 5_000;

    private final HistoryOptions options;
    private final RestClient rest;
    private final Parley system;
    private final HistoryData data;
    private final Random random = new Random(7);
    private final List<Row> rows = new ArrayList<>();
    private final ObjectNode writing = Json.object();

    /** What was measured of one kind of request: times in ms. */
    private record Row(String name, double fewP50, double fewP99, double manyP50, double manyP99) {}

    private HistoryBench(HistoryOptions options, LocalCloud cloud) {
        this.options = options;
        rest = new RestClient(cloud.baseUrl());
        system = CloudSystem.of(cloud);
        data = new HistoryData(system.database());
    }

    public static void main(String[] args) throws Exception {
        HistoryOptions options = HistoryOptions.of(args);
        LocalCloudOptions cloudOptions = LocalCloudOptions.ephemeral()
                .withSettings(Map.of(
                        Setting.LIMITS.variable(),
                        "GLOBAL=9999/1s,DEFAULT=9999/1s,READ_MESSAGES=9999/1s,REGISTER=999/1s,CREATE_GUILD=999/1s"));
        try (LocalCloud cloud = LocalCloud.start(cloudOptions, StartProgress.none())) {
            new HistoryBench(options, cloud).run();
        }
    }

    private void run() throws Exception {
        People people = new People(rest);
        Person owner = people.user();
        Place place = people.guild(owner);
        String large = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "large"))
                .expect(201)
                .path("id")
                .asText();
        String small = place.channelId();
        Place largeGuild = people.guild(owner);
        Place smallGuild = people.guild(owner);
        long until = system.clock().millis() - MINUTE_MILLIS;
        String author = owner.id();

        say(
                "writing %,d and %,d messages, %,d and %,d members",
                options.few(), options.many(), options.fewMembers(), options.manyMembers());
        data.fillChannel(Long.parseLong(small), Long.parseLong(author), options.few(), until);
        data.fillChannel(Long.parseLong(large), Long.parseLong(author), options.many(), until);
        data.fillGuild(Long.parseLong(smallGuild.guildId()), options.fewMembers(), 1_000);
        data.fillGuild(Long.parseLong(largeGuild.guildId()), options.manyMembers(), 10_000_000);
        index();
        vacuum();
        writes(Long.parseLong(small), Long.parseLong(author));

        say("reading");
        String history = "/channels/%s/messages?limit=50";
        compare("history, newest page", () -> history, small, large, owner);
        compareEach(
                "history, a page in the middle",
                () -> history.formatted(small) + "&before=" + middle(until, options.few()),
                () -> history.formatted(large) + "&before=" + middle(until, options.many()),
                owner);
        String search = "/guilds/" + place.guildId() + "/messages/search?channel_id=%s";
        compare("search, a common word", () -> search + content(HistoryData.COMMON), small, large, owner);
        compare("search, a rare word", () -> search + content(HistoryData.RARE), small, large, owner);
        compare("search, Korean", () -> search + content(HistoryData.KOREAN), small, large, owner);
        compare("search, Japanese", () -> search + content(HistoryData.JAPANESE), small, large, owner);
        compare(
                "search, common and Korean",
                () -> search + content(HistoryData.COMMON + " " + HistoryData.KOREAN),
                small,
                large,
                owner);
        compare("search, nothing found", () -> search + content("unheard"), small, large, owner);
        compare(
                "search, an author, the oldest",
                () -> search + "&sort_order=asc&author_id=" + author,
                small,
                large,
                owner);
        String members = "/guilds/%s/members?limit=100&after=";
        compareEach(
                "members, a page",
                () -> members.formatted(smallGuild.guildId()) + (1_000 + random.nextInt(options.fewMembers() / 2)),
                () -> members.formatted(largeGuild.guildId())
                        + (10_000_000 + random.nextInt(options.manyMembers() / 2)),
                owner);
        String named = "/guilds/%s/members/search?limit=25&query=";
        compare(
                "members, a name of 1 letter",
                () -> named + data.prefix(1),
                smallGuild.guildId(),
                largeGuild.guildId(),
                owner);
        compare(
                "members, a name of 3 letters",
                () -> named + data.prefix(3),
                smallGuild.guildId(),
                largeGuild.guildId(),
                owner);
        print();
    }

    private long middle(long until, int messages) {
        long third = messages / 3;
        return HistoryData.id(until - (third + random.nextLong(third)) * 1000L);
    }

    private static String content(String text) {
        return "&content=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void index() {
        say("indexing");
        long start = System.nanoTime();
        int looked = 0;
        int step;
        do {
            step = system.messageIndex().work(Duration.ofSeconds(10));
            looked += step;
            say("  %,d", looked);
        } while (step > 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        int messages = options.few() + options.many();
        writing.put("messages_indexed_per_second", Math.round(messages / seconds));
    }

    private void vacuum() {
        // What autovacuum does in its time.
        system.database().query(handle -> handle.execute("VACUUM (ANALYZE)"));
        system.database().query(handle -> {
            handle.select("SELECT (SELECT count(*) FROM search_postings) AS postings,"
                            + " pg_total_relation_size('search_postings') AS index_bytes,"
                            + " pg_total_relation_size('messages') AS message_bytes")
                    .map((rs, context) -> writing.put("postings", rs.getLong("postings"))
                            .put("index_bytes", rs.getLong("index_bytes"))
                            .put("message_bytes", rs.getLong("message_bytes")))
                    .one();
            return writing;
        });
    }

    /** What the note for the index adds to storing a message, both in one long transaction, which waits for no disk. */
    private void writes(long channelId, long authorId) {
        double with = write(channelId, authorId, "");
        double without = write(channelId, authorId, "ALTER TABLE messages DISABLE TRIGGER message_for_search");
        writing.put("insert_micros", round(with));
        writing.put("insert_micros_without_note", round(without));
    }

    private double write(long channelId, long authorId, String before) {
        double[] micros = new double[1];
        try {
            system.database().transaction(handle -> {
                if (!before.isEmpty()) {
                    handle.execute(before);
                }
                long start = System.nanoTime();
                for (int i = 0; i < WRITES; i++) {
                    handle.execute(
                            "INSERT INTO messages (channel_id, id, author_id, type, content, flags, tts, mention_everyone,"
                                    + " mentions, mention_roles, embeds) VALUES (?, ?, ?, 0, 'one more message', 0, false,"
                                    + " false, '{}', '{}', '[]')",
                            channelId,
                            HistoryData.id(system.clock().millis()) + i,
                            authorId);
                }
                micros[0] = (System.nanoTime() - start) / 1e3 / WRITES;
                throw new IllegalStateException("taken back");
            });
        } catch (IllegalStateException takenBack) {
            return micros[0];
        }
        return micros[0];
    }

    private void compare(String name, Supplier<String> pattern, String few, String many, Person who) {
        compareEach(
                name,
                () -> pattern.get().replace("%s", few),
                () -> pattern.get().replace("%s", many),
                who);
    }

    private void compareEach(String name, Supplier<String> few, Supplier<String> many, Person who) {
        int warmUp = options.requests() / 5;
        double[] fewMillis = new double[options.requests()];
        double[] manyMillis = new double[options.requests()];
        for (int i = -warmUp; i < options.requests(); i++) {
            double one = millis(few.get(), who);
            double other = millis(many.get(), who);
            if (i >= 0) {
                fewMillis[i] = one;
                manyMillis[i] = other;
            }
        }
        Arrays.sort(fewMillis);
        Arrays.sort(manyMillis);
        rows.add(new Row(
                name, share(fewMillis, 0.5), share(fewMillis, 0.99), share(manyMillis, 0.5), share(manyMillis, 0.99)));
        say("  %s", name);
    }

    private double millis(String path, Person who) {
        long start = System.nanoTime();
        rest.get(path, who.token()).expect(200);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double share(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private void print() {
        if (options.json()) {
            ObjectNode result = Json.object();
            result.put("few_messages", options.few()).put("many_messages", options.many());
            result.put("few_members", options.fewMembers()).put("many_members", options.manyMembers());
            result.put("requests", options.requests());
            result.set("writing", writing);
            ArrayNode reading = result.putArray("reading");
            for (Row row : rows) {
                reading.addObject()
                        .put("name", row.name())
                        .put("few_p50_ms", round(row.fewP50()))
                        .put("few_p99_ms", round(row.fewP99()))
                        .put("many_p50_ms", round(row.manyP50()))
                        .put("many_p99_ms", round(row.manyP99()))
                        .put("p50_ratio", round(row.manyP50() / row.fewP50()))
                        .put("p99_ratio", round(row.manyP99() / row.fewP99()));
            }
            System.out.println(Json.text(result));
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%n%,d and %,d messages in two channels; %,d and %,d members in two guilds; %,d requests of each kind to each,"
                        + " in turn; ms%n%n",
                options.few(),
                options.many(),
                options.fewMembers(),
                options.manyMembers(),
                options.requests());
        System.out.printf(
                Locale.ROOT,
                "%-32s %9s %9s %9s %9s %7s %7s%n",
                "",
                "few p50",
                "p99",
                "many p50",
                "p99",
                "p50 x",
                "p99 x");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %9.2f %9.2f %9.2f %9.2f %7.2f %7.2f%n",
                    row.name(),
                    row.fewP50(),
                    row.fewP99(),
                    row.manyP50(),
                    row.manyP99(),
                    row.manyP50() / row.fewP50(),
                    row.manyP99() / row.fewP99());
        }
        int messages = options.few() + options.many();
        System.out.printf(
                Locale.ROOT,
                "%nwriting: %.0f us to store a message, %.0f us of them without the note for the index (client included);%n"
                        + "indexing: %,d messages a second; %.1f postings and %.0f bytes a message, beside %.0f of its own%n",
                writing.path("insert_micros").asDouble(),
                writing.path("insert_micros_without_note").asDouble(),
                writing.path("messages_indexed_per_second").asLong(),
                writing.path("postings").asDouble() / messages,
                writing.path("index_bytes").asDouble() / messages,
                writing.path("message_bytes").asDouble() / messages);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static void say(String format, Object... values) {
        System.err.printf(Locale.ROOT, format + "%n", values);
    }
}
