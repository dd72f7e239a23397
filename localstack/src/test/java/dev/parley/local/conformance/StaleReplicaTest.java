package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.Parley;
import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.store.TestPooler;
import dev.parley.message.MessagePage;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.snowflake.Snowflake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole system with a replica that shows everything 5 s late, where what is up to 8 s old is taken: nobody misses their own
 * write.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaleReplicaTest {

    private static final Duration LATE = Duration.ofSeconds(5);
    private static final int TRIES = 800;
    private static final int WRITERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private LocalCloud cloud;
    private Parley parley;
    private RestClient rest;
    private Person author;
    private Place quiet;
    private List<Place> busy;

    @BeforeAll
    void start() {
        cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withDatabase(TestPooler.options().withReplica(LATE))
                        .withSettings(Map.of(
                                Setting.DATABASE_READER_LAG.variable(),
                                "8s",
                                Setting.LIMITS.variable(),
                                "GLOBAL=100000/1s,CREATE_MESSAGE=100000/1s,CREATE_GUILD=100/1s,REGISTER=100/1s")),
                StartProgress.none());
        parley = CloudSystem.of(cloud);
        rest = new RestClient(cloud.baseUrl());
        People people = new People(rest);
        author = people.user();
        quiet = people.guild(author);
        busy = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            busy.add(people.guild(author));
        }
        people.say(author, quiet.channelId(), "old");
    }

    @AfterAll
    void stop() {
        http.close();
        cloud.close();
    }

    @Test
    void nobodyMissesTheMessageThatTheyHaveJustSent() throws Exception {
        // Given readers that are in use
        awaitReaderReads();
        double before = metric(Metrics.READER_READS);
        AtomicInteger missedByUsers = new AtomicInteger();
        AtomicInteger missedByTheReplica = new AtomicInteger();
        AtomicInteger askedOfTheReplica = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();

        // When users write and read at once, and somebody reads elsewhere
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(
                    () -> {
                        while (!done.get()) {
                            history(quiet.channelId());
                            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                        }
                    },
                    threads);
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (Place place : busy) {
                writers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < TRIES / WRITERS; i++) {
                                String written = write(place.channelId(), "message " + i);
                                if (!ids(history(place.channelId())).contains(written)) {
                                    missedByUsers.incrementAndGet();
                                }
                                // Control: the replica does not have it, as who reads without the pin would find.
                                if (i % 20 == 0) {
                                    askedOfTheReplica.incrementAndGet();
                                    missedByTheReplica.addAndGet(replicaHas(written) ? 0 : 1);
                                }
                            }
                        },
                        threads));
            }
            writers.forEach(CompletableFuture::join);
            done.set(true);
            elsewhere.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;

        // Then
        System.out.printf(
                "%d tries in %.0f s: %d missed; of %d asked of the replica it missed %d; it answered %.0f reads meanwhile%n",
                TRIES,
                seconds,
                missedByUsers.get(),
                askedOfTheReplica.get(),
                missedByTheReplica.get(),
                metric(Metrics.READER_READS) - before);
        assertThat(missedByUsers).hasValue(0);
        assertThat(missedByTheReplica).as("the replica is stale").hasValue(askedOfTheReplica.get());
        assertThat(metric(Metrics.READER_READS)).as("readers are in use").isGreaterThan(before);
    }

    @Test
    void whenThePinHasEndedTheReplicaHasTheWrite() throws Exception {
        // Given
        awaitReaderReads();
        String channel = busy.getFirst().channelId();
        String written = write(channel, "seen");
        long end = System.nanoTime() + PATIENCE.toNanos();
        double before = metric(Metrics.READER_READS);

        // When it is read again and again, first from the writer and then from the replica
        int reads = 0;
        while (metric(Metrics.READER_READS) < before + 3) {
            assertThat(ids(history(channel))).contains(written);
            assertThat(System.nanoTime()).as("a reader answers in time").isLessThan(end);
            reads++;
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }

        // Then
        assertThat(reads).isGreaterThan(3);
        assertThat(replicaHas(written)).isTrue();
    }

    @Test
    void anEditIsThereAtOnce() {
        // Given
        awaitReaderReads();
        String channel = busy.getLast().channelId();

        // When
        String edited = write(channel, "first");
        parley.messageEdits().edit(id(channel), id(edited), id(author.id()), form("{\"content\": \"second\"}"));

        // Then
        assertThat(history(channel).get(0).path("content").asText()).isEqualTo("second");
    }

    @Test
    void theAuditLogAndTheListsHaveOnesOwnChanges() {
        // Given
        awaitReaderReads();
        String guild = "/guilds/" + busy.get(1).guildId();
        String channel = busy.get(1).channelId();

        for (int i = 0; i < 20; i++) {
            // When
            String name = "role " + i;
            rest.post(guild + "/roles", author.token(), Json.object().put("name", name))
                    .expect(200);
            JsonNode message = rest.post(
                            "/channels/" + channel + "/messages",
                            author.token(),
                            Json.object().put("content", "pin me"))
                    .expect(200);
            rest.send(
                    "PUT",
                    "/channels/" + channel + "/pins/" + message.path("id").asText(),
                    author.token(),
                    null);
            rest.send(
                            "PATCH",
                            guild + "/members/@me",
                            author.token(),
                            Json.object().put("nick", "nick" + i))
                    .expect(200);

            // Then
            assertThat(rest.get(guild + "/audit-logs?action_type=30", author.token())
                            .expect(200)
                            .toString())
                    .contains(name);
            assertThat(rest.get("/channels/" + channel + "/messages/pins", author.token())
                            .expect(200)
                            .toString())
                    .contains(message.path("id").asText());
            assertThat(rest.get(guild + "/members?limit=10", author.token())
                            .expect(200)
                            .toString())
                    .contains("\"nick" + i + "\"");
            assertThat(rest.get(guild + "/members/search?query=nick" + i, author.token())
                            .expect(200))
                    .isNotEmpty();
        }
    }

    /** Until the replica has had the time to show that it follows. */
    private void awaitReaderReads() {
        double before = metric(Metrics.READER_READS);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (metric(Metrics.READER_READS) == before) {
            assertThat(System.nanoTime()).as("a reader answers in time").isLessThan(end);
            history(quiet.channelId());
            parley.meter().flush();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private String write(String channelId, String content) {
        return parley.messages()
                .create(id(channelId), id(author.id()), form("{\"content\": \"" + content + "\"}"))
                .path("id")
                .asText();
    }

    private ArrayNode history(String channelId) {
        return parley.messages().list(id(channelId), id(author.id()), MessagePage.read(null, null, null, null));
    }

    private static List<String> ids(ArrayNode messages) {
        return messages.findValuesAsText("id");
    }

    private boolean replicaHas(String messageId) {
        Settings settings = parley.settings();
        try (Connection connection = DriverManager.getConnection(
                        settings.text(Setting.DATABASE_READER_URL),
                        settings.text(Setting.DATABASE_USER),
                        settings.secret(Setting.DATABASE_PASSWORD).value());
                PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM messages WHERE id = ?")) {
            statement.setLong(1, Long.parseLong(messageId));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private double metric(MetricSpec metric) {
        parley.meter().flush();
        String name =
                "parley_" + metric.name().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT) + "_total";
        try {
            String page = http.send(
                            HttpRequest.newBuilder(URI.create(cloud.baseUrl() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return page.lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Form form(String json) {
        return new Form(Json.parse(json));
    }

    private static Snowflake id(String text) {
        return Snowflake.parse(text);
    }
}
