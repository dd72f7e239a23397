package dev.parley.guild;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditLog;
import dev.parley.channel.ChannelSettings;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.image.Images;
import dev.parley.local.StoredContent;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.TestPooler;
import dev.parley.migrations.Migrations;
import dev.parley.permission.Overwrite;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.redis.Redis;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.snowflake.WorkerLease;
import dev.parley.storage.NoStore;
import dev.parley.store.Database;
import dev.parley.store.StaleReads;
import io.lettuce.core.RedisURI;
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

/** What a change of access leaves in the database, while the queue is away: its events, and the guild's access version. */
class AccessChangeTest {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private static Path folder;

    private static LocalDatabase server;
    private static Database database;
    private static Redis redis;

    private final SnowflakeGenerator ids =
            new SnowflakeGenerator(CLOCK, () -> new WorkerLease(1, CLOCK.millis() + 600_000));
    private final Outbox outbox = new Outbox(StoredContent.in(database));
    private final EventPublisher publisher = new EventPublisher(
            () -> {
                throw SdkClientException.create("The queue is away");
            },
            "nowhere");
    private final AuditLog auditLog = new AuditLog(ids, outbox);
    private final Images images = new Images(NoStore.create());
    private final Guilds guilds = new Guilds(database, ids, images, outbox, publisher);
    private final GuildSettings guildSettings = new GuildSettings(database, ids, images, auditLog, outbox, publisher);
    private final Roles roles = new Roles(database, ids, guilds, auditLog, outbox, publisher);
    private final Members members =
            new Members(database, StaleReads.ofWriter(database), ids, guilds, roles, auditLog, outbox, publisher);
    private final Channels channels =
            new Channels(database, StoredContent.in(database), ids, guilds, auditLog, outbox, publisher);
    private final ChannelSettings channelSettings =
            new ChannelSettings(database, ids, channels, guildSettings, auditLog, outbox, publisher);

    private User owner;
    private User member;
    private Snowflake guildId;
    private Snowflake channelId;

    @BeforeAll
    static void startPostgres() {
        server = LocalDatabase.start(folder, BinaryCache.ofUser(), TestPooler.options());
        new Migrations(server.directUrl(), server.user(), server.password().value()).migrate();
        database = new Database(server.jdbcUrl(), server.user(), server.password(), 10, Duration.ofSeconds(20));
        redis = new Redis(RedisURI.create("redis://127.0.0.1:1"), Duration.ofSeconds(1));
    }

    @AfterAll
    static void stopPostgres() {
        database.close();
        redis.close();
        server.close();
    }

    @BeforeEach
    void meet() {
        owner = user(false);
        member = user(false);
        ObjectNode guild = guilds.create(owner, form("{\"name\":\"a guild\"}"));
        guildId = Snowflake.parse(guild.path("id").asText());
        channelId = Snowflake.parse(guild.path("channels").get(0).path("id").asText());
        join(member);
        database.query(handle -> handle.execute("DELETE FROM outbox"));
    }

    @Test
    void whoIsKickedHearsOfItFirstAndThenTheOthers() {
        members.kick(guildId, Actor.of(owner.id()), member.id());

        assertGone(events());
    }

    @Test
    void whoLeavesHearsOfItFirstAndThenTheOthers() {
        members.leave(guildId, member.id());

        assertGone(events());
    }

    @Test
    void theRoleOfABotGoesWithIt() {
        // Given
        User bot = user(true);
        Guilds.RoleAdded role = database.transaction(handle -> {
            Guilds.RoleAdded added = guilds.addManagedRole(handle, guildId, bot, 0);
            guilds.join(handle, guildId, bot, List.of(added.roleId()));
            return added;
        });
        database.query(handle -> handle.execute("DELETE FROM outbox"));

        // When
        members.kick(guildId, Actor.of(owner.id()), bot.id());

        // Then
        List<Event> events = events();
        assertThat(events)
                .extracting(Event::type)
                .containsExactly(
                        DispatchType.GUILD_DELETE, DispatchType.GUILD_MEMBER_REMOVE, DispatchType.GUILD_ROLE_DELETE);
        assertThat(events.getLast().data().path("role_id").asText())
                .isEqualTo(role.roleId().toString());
        assertThat(roles.list(guildId, owner.id())).hasSize(1);
    }

    @Test
    void anOverwriteComesWithWhatWasThereBefore() {
        // Given
        channelSettings.putOverwrite(channelId, Actor.of(owner.id()), guildId, form("{\"type\":0,\"deny\":\"1024\"}"));
        database.query(handle -> handle.execute("DELETE FROM outbox"));

        // When
        channelSettings.putOverwrite(
                channelId, Actor.of(owner.id()), member.id(), form("{\"type\":1,\"allow\":\"1024\",\"deny\":\"0\"}"));

        // Then
        Event event = only(events());
        assertThat(event.type()).isEqualTo(DispatchType.CHANNEL_UPDATE);
        assertThat(event.audience())
                .isEqualTo(new Audience.ChannelChange(
                        guildId, channelId, List.of(new Overwrite(guildId, Overwrite.ROLE, 0, 1024))));
        assertThat(event.data().path("permission_overwrites"))
                .containsExactlyInAnyOrder(
                        Json.tree(new Overwrite(guildId, Overwrite.ROLE, 0, 1024)),
                        Json.tree(new Overwrite(member.id(), Overwrite.MEMBER, 1024, 0)));
    }

    @Test
    void aDeletedChannelIsToldToWhoSawIt() {
        // Given
        channelSettings.putOverwrite(channelId, Actor.of(owner.id()), guildId, form("{\"type\":0,\"deny\":\"1024\"}"));
        database.query(handle -> handle.execute("DELETE FROM outbox"));

        // When
        channelSettings.delete(channelId, Actor.of(owner.id()));

        // Then
        List<Event> events = events();
        assertThat(events)
                .extracting(Event::type)
                .containsExactly(DispatchType.CHANNEL_DELETE, DispatchType.GUILD_UPDATE);
        assertThat(events.getFirst().audience())
                .isEqualTo(new Audience.ChannelChange(
                        guildId, channelId, List.of(new Overwrite(guildId, Overwrite.ROLE, 0, 1024))));
        assertThat(events.getFirst().data().path("id").asText()).isEqualTo(channelId.toString());
        assertThat(events.getLast().data().path("system_channel_id").isNull()).isTrue();
    }

    @Test
    void theEndOfAGuildOutlivesItsRows() {
        guildSettings.delete(guildId, owner.id());

        Event event = only(events());
        assertThat(event.type()).isEqualTo(DispatchType.GUILD_DELETE);
        assertThat(event.audience()).isEqualTo(new Audience.GuildGone(guildId));
        assertThat(event.data()).isEqualTo(Json.object().put("id", guildId.toString()));
        int left = database.query(handle -> handle.select(
                        "SELECT (SELECT count(*) FROM members WHERE guild_id = ?)"
                                + " + (SELECT count(*) FROM channels WHERE guild_id = ?)",
                        guildId.value(),
                        guildId.value())
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    @Test
    void everyChangeOfAccessIsCounted() {
        User guest = user(false);
        Snowflake roleId = Snowflake.parse(roles.create(guildId, Actor.of(owner.id()), form("{}"))
                .path("id")
                .asText());

        assertCounted(() -> join(guest));
        assertCounted(() -> roles.modify(guildId, Actor.of(owner.id()), roleId, form("{\"permissions\":\"8\"}")));
        assertCounted(() -> members.addRole(guildId, Actor.of(owner.id()), member.id(), roleId));
        assertCounted(() -> members.removeRole(guildId, Actor.of(owner.id()), member.id(), roleId));
        assertCounted(() ->
                members.modify(guildId, Actor.of(owner.id()), member.id(), form("{\"roles\":[\"" + roleId + "\"]}")));
        assertCounted(() -> members.modify(
                guildId,
                Actor.of(owner.id()),
                guest.id(),
                form("{\"communication_disabled_until\":\"" + CLOCK.instant().plusSeconds(60) + "\"}")));
        assertCounted(() -> roles.delete(guildId, Actor.of(owner.id()), roleId));
        assertCounted(() -> channels.create(guildId, Actor.of(owner.id()), form("{\"name\":\"one more\"}")));
        assertCounted(() ->
                channelSettings.putOverwrite(channelId, Actor.of(owner.id()), guildId, form("{\"deny\":\"1024\"}")));
        assertCounted(
                () -> channelSettings.modify(channelId, Actor.of(owner.id()), form("{\"permission_overwrites\":[]}")));
        assertCounted(() ->
                channelSettings.putOverwrite(channelId, Actor.of(owner.id()), guildId, form("{\"deny\":\"2048\"}")));
        assertCounted(() -> channelSettings.deleteOverwrite(channelId, Actor.of(owner.id()), guildId));
        assertCounted(() -> channelSettings.delete(channelId, Actor.of(owner.id())));
        assertCounted(() -> members.kick(guildId, Actor.of(owner.id()), guest.id()));
        assertCounted(() ->
                guildSettings.modify(guildId, Actor.of(owner.id()), form("{\"owner_id\":\"" + member.id() + "\"}")));
        assertCounted(() -> members.leave(guildId, owner.id()));
    }

    @Test
    void whatChangesNoAccessIsNotCounted() {
        long before = version();

        members.modifySelf(guildId, Actor.of(member.id()), form("{\"nick\":\"Nick\"}"));
        guildSettings.modify(guildId, Actor.of(owner.id()), form("{\"name\":\"another name\"}"));
        channelSettings.modify(channelId, Actor.of(owner.id()), form("{\"topic\":\"weather\"}"));

        assertThat(version()).isEqualTo(before);
        assertThat(events())
                .extracting(Event::type)
                .containsExactly(
                        DispatchType.GUILD_MEMBER_UPDATE, DispatchType.GUILD_UPDATE, DispatchType.CHANNEL_UPDATE);
    }

    @Test
    void rolesThatAreGivenAtOnceAreAllKept() {
        // Given
        List<Snowflake> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(Snowflake.parse(roles.create(guildId, Actor.of(owner.id()), form("{}"))
                    .path("id")
                    .asText()));
        }

        // When
        atOnce(all.stream()
                .map(role -> (Runnable) () -> members.addRole(guildId, Actor.of(owner.id()), member.id(), role))
                .toList());

        // Then
        List<String> has = new ArrayList<>();
        members.get(guildId, owner.id(), member.id()).path("roles").forEach(role -> has.add(role.asText()));
        assertThat(has)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Snowflake::toString).toList());
    }

    @Test
    void aGuildThatEndsWhileManyJoinEndsNeverthelessAndNobodyWaitsForEver() {
        // Given
        List<User> guests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            guests.add(user(false));
        }
        List<Runnable> changes = new ArrayList<>(guests.stream()
                .map(guest -> (Runnable) () -> {
                    try {
                        join(guest);
                    } catch (ApiException gone) {
                        assertThat(gone.code()).isEqualTo(ErrorCode.UNKNOWN_GUILD);
                    }
                })
                .toList());
        changes.add(3, () -> guildSettings.delete(guildId, owner.id()));

        // When
        atOnce(changes);

        // Then
        assertThat(guilds.idsOf(owner.id())).isEmpty();
        guests.forEach(guest -> assertThat(guilds.idsOf(guest.id())).isEmpty());
    }

    private void assertGone(List<Event> events) {
        assertThat(events)
                .extracting(Event::type)
                .containsExactly(DispatchType.GUILD_DELETE, DispatchType.GUILD_MEMBER_REMOVE);
        assertThat(events)
                .extracting(Event::audience)
                .containsExactly(new Audience.Departed(guildId, member.id()), new Audience.Guild(guildId, null));
        assertThat(events.getFirst().data()).isEqualTo(Json.object().put("id", guildId.toString()));
        JsonNode removed = events.getLast().data();
        assertThat(removed.path("guild_id").asText()).isEqualTo(guildId.toString());
        assertThat(removed.path("user")).isEqualTo(Json.tree(member));
    }

    private void assertCounted(Runnable change) {
        long before = version();
        change.run();
        assertThat(version()).isGreaterThan(before);
    }

    private long version() {
        return database.query(handle -> handle.select("SELECT access_version FROM guilds WHERE id = ?", guildId.value())
                .mapTo(Long.class)
                .one());
    }

    /** What was told, without the entries of the audit log: they have a test of their own. */
    private List<Event> events() {
        return outbox.olderThan(Duration.ZERO, 100).stream()
                .filter(event -> event.type() != DispatchType.GUILD_AUDIT_LOG_ENTRY_CREATE)
                .toList();
    }

    private static Event only(List<Event> events) {
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private void join(User user) {
        database.transaction(handle -> guilds.join(handle, guildId, user, List.of()));
    }

    private User user(boolean bot) {
        User user = User.of(ids.next(), "somebody", null, null, bot);
        String key = user.id().toString();
        database.query(handle -> handle.execute(
                "INSERT INTO users (id, username, username_key, bot, email_key, password_hash) VALUES (?, ?, ?, ?, ?, '')",
                user.id().value(),
                user.username(),
                key,
                bot,
                key));
        return user;
    }

    private static void atOnce(List<Runnable> changes) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            changes.stream()
                    .map(change -> CompletableFuture.runAsync(change, threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static Form form(String json) {
        return new Form(Json.parse(json));
    }
}
