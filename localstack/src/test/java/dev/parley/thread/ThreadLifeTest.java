package dev.parley.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditLog;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.image.Images;
import dev.parley.local.StoredContent;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.TestPooler;
import dev.parley.message.SystemMessages;
import dev.parley.migrations.Migrations;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.snowflake.WorkerLease;
import dev.parley.storage.NoStore;
import dev.parley.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** How threads age, how many there can be, and that what happens to them at once ends; the queue is away. */
class ThreadLifeTest {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private static Path folder;

    private static LocalDatabase server;
    private static Database database;

    private final SnowflakeGenerator ids =
            new SnowflakeGenerator(CLOCK, () -> new WorkerLease(1, CLOCK.millis() + 600_000));
    private final ContentDatabase content = StoredContent.in(database);
    private final Outbox outbox = new Outbox(content);
    private final EventPublisher publisher = new EventPublisher(
            () -> {
                throw SdkClientException.create("The queue is away");
            },
            "nowhere");
    private final Guilds guilds = new Guilds(database, ids, new Images(NoStore.create()), outbox, publisher);
    private final AuditLog auditLog = new AuditLog(ids, outbox);
    private final Channels channels = new Channels(database, content, ids, guilds, auditLog, outbox, publisher);
    private final ThreadActivity activity = new ThreadActivity(database, ids, outbox, publisher);
    private final ThreadMembers members = new ThreadMembers(database, ids, channels, guilds, outbox, publisher);
    private final ThreadLists lists = new ThreadLists(database, channels, guilds);
    private final Threads threads =
            new Threads(database, ids, channels, new SystemMessages(ids, outbox, content), auditLog, outbox, publisher);

    private User owner;
    private Snowflake guildId;
    private Snowflake channelId;

    @BeforeAll
    static void startPostgres() {
        server = LocalDatabase.start(folder, BinaryCache.ofUser(), TestPooler.options());
        new Migrations(server.directUrl(), server.user(), server.password().value()).migrate();
        database = new Database(server.jdbcUrl(), server.user(), server.password(), 10, Duration.ofSeconds(20));
    }

    @AfterAll
    static void stopPostgres() {
        database.close();
        server.close();
    }

    @BeforeEach
    void meet() {
        owner = user();
        ObjectNode guild = guilds.create(owner, form("{\"name\":\"a guild\"}"));
        guildId = Snowflake.parse(guild.path("id").asText());
        channelId = Snowflake.parse(guild.path("channels").get(0).path("id").asText());
        database.query(handle -> handle.execute("DELETE FROM outbox"));
    }

    @Test
    void aThreadWithoutActivityIsArchivedAtOnceAndToldOfOnce() {
        // Given
        Snowflake quiet = thread();
        Snowflake busy = thread();
        letPass(quiet, 59);
        letPass(busy, 59);
        post(busy, owner);

        // When
        letPass(quiet, 2);
        letPass(busy, 2);

        // Then
        assertThat(isArchived(quiet)).isTrue();
        assertThat(isArchived(busy)).isFalse();
        database.query(handle -> handle.execute("DELETE FROM outbox"));
        activity.tellOfArchived();
        List<Event> told = events();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().type()).isEqualTo(DispatchType.THREAD_UPDATE);
        assertThat(told.getFirst().data().path("id").asText()).isEqualTo(quiet.toString());
        assertThat(told.getFirst().data().at("/thread_metadata/archived").asBoolean())
                .isTrue();
        assertThat(activity.tellOfArchived()).isZero();
        assertThat(ids(lists.active(guildId, owner.id()))).containsExactly(busy.toString());
        assertThat(ids(lists.archivedPublic(channelId, owner.id(), ThreadPage.read(null, null))))
                .containsExactly(quiet.toString());
    }

    @Test
    void aThreadThatIsBroughtBackIsToldOfAgainWhenItIsArchived() {
        // Given
        Snowflake thread = thread();
        letPass(thread, 61);
        activity.tellOfArchived();

        // When
        post(thread, owner);
        letPass(thread, 61);

        // Then
        assertThat(activity.tellOfArchived()).isEqualTo(1);
    }

    @Test
    void anotherDurationCountsFromTheLastActivity() {
        Snowflake thread = thread();
        letPass(thread, 50);

        threads.modify(thread, Actor.of(owner.id()), form("{\"auto_archive_duration\":1440}"));
        letPass(thread, 1440 - 51);
        assertThat(isArchived(thread)).isFalse();

        threads.modify(thread, Actor.of(owner.id()), form("{\"auto_archive_duration\":60}"));
        assertThat(isArchived(thread)).isTrue();
    }

    @Test
    void aGuildHasOneThousandActiveThreadsAtTheMost() {
        // Given
        Snowflake archived = thread();
        threads.modify(archived, Actor.of(owner.id()), form("{\"archived\":true}"));
        fillWithThreads(999);

        // When
        Snowflake last = thread();

        // Then
        assertRefused(ErrorCode.MAXIMUM_ACTIVE_THREADS, this::thread);
        assertRefused(ErrorCode.MAXIMUM_ACTIVE_THREADS, () -> post(archived, owner));
        assertRefused(
                ErrorCode.MAXIMUM_ACTIVE_THREADS,
                () -> threads.modify(archived, Actor.of(owner.id()), form("{\"archived\":false}")));
        threads.modify(last, Actor.of(owner.id()), form("{\"archived\":true}"));
        post(archived, owner);
        assertThat(lists.active(guildId, owner.id()).path("threads")).hasSize(1000);
    }

    @Test
    void aThreadHasOneThousandMembersAtTheMost() {
        // Given
        Snowflake thread = thread();
        User late = user();
        join(late);
        fillWithMembers(thread, 999);

        // Then
        assertRefused(ErrorCode.MAXIMUM_THREAD_PARTICIPANTS, () -> members.join(thread, late.id()));
        assertRefused(ErrorCode.MAXIMUM_THREAD_PARTICIPANTS, () -> members.add(thread, owner.id(), late.id()));
        post(thread, late);
        assertThat(channels.get(thread, owner.id()).path("member_count").asInt())
                .as("counts no further")
                .isEqualTo(50);
        members.leave(thread, owner.id());
        members.join(thread, late.id());
    }

    @Test
    void whatHappensToAThreadAtOnceEnds() {
        // Given
        Snowflake thread = Snowflake.parse(threads.create(channelId, Actor.of(owner.id()), form("{\"name\":\"x\"}"))
                .path("id")
                .asText());
        List<User> guests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            User guest = user();
            join(guest);
            members.add(thread, owner.id(), guest.id());
            guests.add(guest);
        }
        List<Runnable> changes = new ArrayList<>();
        for (User guest : guests) {
            changes.add(() -> unlessGone(() -> post(thread, guest)));
            changes.add(() -> unlessGone(() -> members.leave(thread, guest.id())));
            changes.add(() -> unlessGone(() -> post(thread, guest)));
        }
        changes.add(10, activity::tellOfArchived);
        changes.add(12, () -> unlessGone(() -> threads.modify(thread, Actor.of(owner.id()), form("{\"name\":\"y\"}"))));
        changes.add(() -> threads.delete(thread, Actor.of(owner.id())));

        // When
        atOnce(changes);

        // Then
        assertRefused(ErrorCode.UNKNOWN_CHANNEL, () -> channels.get(thread, owner.id()));
    }

    private static void unlessGone(Runnable change) {
        try {
            change.run();
        } catch (ApiException refused) {
            assertThat(refused.code()).isIn(ErrorCode.UNKNOWN_CHANNEL, ErrorCode.MISSING_ACCESS);
        }
    }

    private static void assertRefused(ErrorCode code, Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private Snowflake thread() {
        return Snowflake.parse(threads.create(
                        channelId,
                        Actor.of(owner.id()),
                        form("{\"name\":\"a thread\",\"type\":11,\"auto_archive_duration\":60}"))
                .path("id")
                .asText());
    }

    /** Does to a thread what a message does. */
    private void post(Snowflake threadId, User author) {
        ChannelAccess access = channels.access(threadId, author.id());
        database.transaction(handle -> {
            ThreadActivity.lock(content.together(handle), access);
            Snowflake messageId = ids.next();
            handle.execute(
                    "INSERT INTO messages (channel_id, id, author_id, type, content, flags, tts, mention_everyone,"
                            + " mentions, mention_roles, embeds) VALUES (?, ?, ?, 0, 'hi', 0, false, false, '{}', '{}', '[]')",
                    threadId.value(),
                    messageId.value(),
                    author.id().value());
            return activity.posted(content.together(handle), access, messageId);
        });
    }

    private boolean isArchived(Snowflake threadId) {
        return channels.get(threadId, owner.id())
                .at("/thread_metadata/archived")
                .asBoolean();
    }

    private static void letPass(Snowflake threadId, int minutes) {
        database.query(handle -> handle.execute(
                "UPDATE threads SET archives_at = archives_at - make_interval(mins => ?) WHERE id = ?",
                minutes,
                threadId.value()));
    }

    private void fillWithThreads(int count) {
        database.transaction(handle -> {
            handle.execute(
                    "INSERT INTO channels (id, type, guild_id, name, parent_id)"
                            + " SELECT ?::bigint - n, 11, ?, 'many', ? FROM generate_series(1, ?) n",
                    guildId.value(),
                    guildId.value(),
                    channelId.value(),
                    count);
            return handle.execute(
                    "INSERT INTO threads (id, guild_id, parent_id, owner_id, auto_archive_duration, archives_at)"
                            + " SELECT id, guild_id, parent_id, ?, 1440, now() + interval '1 day' FROM channels"
                            + " WHERE guild_id = ? AND name = 'many'",
                    owner.id().value(),
                    guildId.value());
        });
    }

    private void fillWithMembers(Snowflake threadId, int count) {
        database.transaction(handle -> {
            handle.execute(
                    "INSERT INTO users (id, username, username_key, bot)"
                            + " SELECT ?::bigint - n, 'many', 'many', true FROM generate_series(1, ?) n",
                    guildId.value(),
                    count);
            handle.execute(
                    "INSERT INTO members (guild_id, user_id) SELECT ?, ?::bigint - n FROM generate_series(1, ?) n",
                    guildId.value(),
                    guildId.value(),
                    count);
            return handle.execute(
                    "INSERT INTO thread_members (thread_id, user_id, guild_id)"
                            + " SELECT ?, ?::bigint - n, ? FROM generate_series(1, ?) n",
                    threadId.value(),
                    guildId.value(),
                    guildId.value(),
                    count);
        });
    }

    private List<Event> events() {
        return outbox.olderThan(Duration.ZERO, 100);
    }

    private static List<String> ids(ObjectNode list) {
        List<String> ids = new ArrayList<>();
        list.path("threads").forEach(thread -> ids.add(thread.path("id").asText()));
        return ids;
    }

    private void join(User user) {
        database.transaction(handle -> guilds.join(handle, guildId, user, List.of()));
    }

    private User user() {
        User user = User.of(ids.next(), "somebody", null, null, false);
        String key = user.id().toString();
        database.query(handle -> handle.execute(
                "INSERT INTO users (id, username, username_key, bot, email_key, password_hash)"
                        + " VALUES (?, ?, ?, false, ?, '')",
                user.id().value(),
                user.username(),
                key,
                key));
        return user;
    }

    private static void atOnce(List<Runnable> changes) {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            changes.stream()
                    .map(change -> CompletableFuture.runAsync(change, workers))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static Form form(String json) {
        return new Form(Json.parse(json));
    }
}
