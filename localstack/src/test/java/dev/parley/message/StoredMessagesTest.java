package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.Passwords;
import dev.parley.account.Principal;
import dev.parley.account.Tokens;
import dev.parley.account.User;
import dev.parley.attachment.Attachments;
import dev.parley.attachment.FileChecks;
import dev.parley.attachment.Uploads;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditLog;
import dev.parley.automod.AutoMod;
import dev.parley.automod.AutoModActions;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Members;
import dev.parley.guild.Roles;
import dev.parley.image.Images;
import dev.parley.local.StoredContent;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.TestPooler;
import dev.parley.migrations.Migrations;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.reaction.ReactionCounts;
import dev.parley.redis.Cache;
import dev.parley.redis.Redis;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.snowflake.WorkerLease;
import dev.parley.storage.NoStore;
import dev.parley.storage.ObjectStore;
import dev.parley.store.Database;
import dev.parley.store.StaleReads;
import dev.parley.thread.ThreadActivity;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What no client sends alone: messages of webhooks and applications, full lists of pins, announcements. */
class StoredMessagesTest {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private static Path folder;

    private static LocalDatabase server;
    private static Database database;
    private static Redis redis;

    private final SnowflakeGenerator ids =
            new SnowflakeGenerator(CLOCK, () -> new WorkerLease(1, CLOCK.millis() + 600_000));
    private final ContentDatabase content = StoredContent.in(database);
    private final Outbox outbox = new Outbox(content);
    private final EventPublisher publisher = new EventPublisher(
            () -> {
                throw SdkClientException.create("The queue is away");
            },
            "nowhere");
    private final AuditLog auditLog = new AuditLog(ids, outbox);
    private final Accounts accounts = accounts();
    private final Guilds guilds = new Guilds(database, ids, new Images(NoStore.create()), outbox, publisher);
    private final Channels channels = new Channels(database, content, ids, guilds, auditLog, outbox, publisher);
    private final Roles roles = new Roles(database, ids, guilds, auditLog, outbox, publisher);
    private final AutoModActions actions = new AutoModActions(
            new Members(database, StaleReads.ofWriter(database), ids, guilds, roles, auditLog, outbox, publisher),
            () -> this.messages);
    private final AutoMod autoMod = new AutoMod(database, ids, actions, auditLog, outbox, publisher, CLOCK);
    private final Messages messages = new Messages(
            database,
            ids,
            accounts,
            channels,
            new SlowMode(redis, CLOCK),
            content,
            outbox,
            new ReactionCounts(content),
            attachments(),
            new ThreadActivity(database, ids, outbox, publisher),
            autoMod,
            publisher);
    private final MessageEdits edits =
            new MessageEdits(content, ids, channels, attachments(), autoMod, outbox, publisher, CLOCK);
    private final MessageDeletes deletes =
            new MessageDeletes(content, ids, channels, auditLog, outbox, publisher, CLOCK);
    private final Pins pins = new Pins(content, ids, accounts, channels, messages, auditLog, outbox, publisher, CLOCK);

    private User owner;
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
        Snowflake ownerId = ids.next();
        owner = database.transaction(handle -> accounts.addBot(handle, ownerId, "owner" + ownerId));
        ObjectNode guild = guilds.create(owner, form("{\"name\":\"a guild\"}"));
        guildId = Snowflake.parse(guild.path("id").asText());
        channelId = Snowflake.parse(guild.path("channels").get(0).path("id").asText());
        database.query(handle -> handle.execute("DELETE FROM outbox"));
    }

    @Test
    void aWebhooksMessageIsShownAsItsWebhook() {
        // Given
        Snowflake webhookId = ids.next();
        PostedMessage posted = ofWebhook(webhookId, "hello <@" + owner.id() + "> @everyone");

        // When
        ObjectNode body = messages.post(posted);

        // Then
        Snowflake id = Snowflake.parse(body.path("id").asText());
        JsonNode read = messages.get(channelId, id, owner.id());
        assertThat(read).isEqualTo(body);
        assertThat(read.at("/author/username").asText()).isEqualTo("Captain");
        assertThat(read.path("webhook_id").asText()).isEqualTo(webhookId.toString());
        assertThat(read.path("mention_everyone").asBoolean()).isTrue();
        assertThat(read.path("mentions").findValuesAsText("id"))
                .containsExactly(owner.id().toString());
        assertThat(events()).extracting(Event::type).containsExactly(DispatchType.MESSAGE_CREATE);
    }

    @Test
    void whatIsPostedIsChangedAndDeletedByItsAuthorAlone() {
        // Given
        Snowflake webhookId = ids.next();
        MessagePlace place = MessagePlace.inGuild(guildId, channelId);
        Snowflake id = Snowflake.parse(
                messages.post(ofWebhook(webhookId, "one")).path("id").asText());

        // Then
        assertRefused(
                ErrorCode.UNKNOWN_MESSAGE,
                () -> edits.editPosted(place, id, ids.next(), form("{\"content\":\"two\"}")));
        assertThat(edits.editPosted(place, id, webhookId, form("{\"content\":\"two\"}"))
                        .path("content")
                        .asText())
                .isEqualTo("two");
        assertRefused(ErrorCode.UNKNOWN_MESSAGE, () -> deletes.deletePosted(place, id, ids.next()));
        deletes.deletePosted(place, id, webhookId);
        assertRefused(ErrorCode.UNKNOWN_MESSAGE, () -> messages.get(channelId, id, owner.id()));
        assertThat(events())
                .extracting(Event::type)
                .containsExactly(DispatchType.MESSAGE_CREATE, DispatchType.MESSAGE_UPDATE, DispatchType.MESSAGE_DELETE);
    }

    @Test
    void anAnswerThatWasThoughtAboutAppearsUnedited() {
        // Given
        MessageDraft thinking = MessageDraft.saying("").withFlags(MessageFlags.LOADING);
        PostedMessage posted = PostedMessage.system(guildId, channelId, owner, MessageType.CHAT_INPUT_COMMAND)
                .saying(thinking);
        Snowflake id = Snowflake.parse(messages.post(posted).path("id").asText());

        // When
        JsonNode answer = edits.editPosted(
                MessagePlace.inGuild(guildId, channelId), id, owner.id(), form("{\"content\":\"42\"}"));

        // Then
        assertThat(answer.path("flags").asInt(-1)).isZero();
        assertThat(answer.path("edited_timestamp").isNull()).isTrue();
    }

    @Test
    void anEphemeralMessageIsToldAndStoredNowhere() {
        // Given
        MessageDraft draft = MessageDraft.read(
                form("{\"content\":\"only you\",\"flags\":64}"), MessageFlags.SETTABLE | MessageFlags.EPHEMERAL);
        Audience audience = new Audience.User(owner.id(), guildId);
        PostedMessage posted = new PostedMessage(
                channelId,
                guildId,
                audience,
                owner,
                MessageType.CHAT_INPUT_COMMAND,
                draft,
                false,
                null,
                null,
                Json.object());

        // When
        messages.post(posted);

        // Then
        assertThat(messages.list(channelId, owner.id(), MessagePage.read(null, null, null, null)))
                .isEmpty();
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.audience()).isEqualTo(audience);
            assertThat(event.data().path("content").asText()).isEqualTo("only you");
        });
    }

    @Test
    void ofManyWhoPinTheLastOneOnlyOneDoes() {
        // Given
        database.query(
                handle -> handle.execute("""
                INSERT INTO messages (channel_id, id, author_id, type, content, flags, tts, mention_everyone, mentions,
                                      mention_roles, embeds, pinned_at)
                SELECT ?, n, ?, 0, 'x', 0, false, false, '{}', '{}', '[]', now() - make_interval(secs => n)
                FROM generate_series(1, 249) n
                """, channelId.value(), owner.id().value()));
        List<Snowflake> more =
                IntStream.range(0, 4).mapToObj(i -> said("more " + i)).toList();

        // When
        long pinned;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            pinned = more.stream().map(id -> CompletableFuture.supplyAsync(() -> pins(id), threads)).toList().stream()
                    .map(CompletableFuture::join)
                    .filter(done -> done)
                    .count();
        }

        // Then
        assertThat(pinned).isEqualTo(1);
        assertThat(pins.list(channelId, owner.id(), PinPage.latest()).path("items"))
                .hasSize(50);
        assertThat(moment(channels.get(channelId, owner.id()).path("last_pin_timestamp")))
                .isEqualTo(moment(
                        pins.list(channelId, owner.id(), PinPage.latest()).at("/items/0/pinned_at")));
    }

    @Test
    void anAnnouncementIsPublishedOnce() {
        // Given
        database.query(handle -> handle.execute("UPDATE channels SET type = 5 WHERE id = ?", channelId.value()));
        Snowflake id = said("news");
        database.query(handle -> handle.execute("DELETE FROM outbox"));

        // When
        JsonNode published = edits.crosspost(channelId, id, owner.id());

        // Then
        assertThat(published.path("flags").asInt()).isEqualTo(MessageFlags.CROSSPOSTED);
        assertThat(events()).extracting(Event::type).containsExactly(DispatchType.MESSAGE_UPDATE);
        assertRefused(ErrorCode.ALREADY_CROSSPOSTED, () -> edits.crosspost(channelId, id, owner.id()));
    }

    private static Instant moment(JsonNode text) {
        return OffsetDateTime.parse(text.asText()).toInstant();
    }

    private boolean pins(Snowflake id) {
        try {
            pins.pin(channelId, id, Actor.of(owner.id()));
            return true;
        } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.MAXIMUM_PINS);
            return false;
        }
    }

    private Snowflake said(String content) {
        return Snowflake.parse(
                messages.create(channelId, owner.id(), new Form(Json.object().put("content", content)))
                        .path("id")
                        .asText());
    }

    private PostedMessage ofWebhook(Snowflake webhookId, String content) {
        ObjectNode extra = Json.object();
        extra.put("webhook_id", webhookId.toString());
        User shown = User.of(webhookId, "Captain", null, null, true);
        extra.set("author", Json.tree(shown));
        return new PostedMessage(
                channelId,
                guildId,
                new Audience.Guild(guildId, channelId),
                shown,
                MessageType.DEFAULT,
                MessageDraft.read(new Form(Json.object().put("content", content))),
                true,
                null,
                null,
                extra);
    }

    private List<Event> events() {
        return database.query(handle -> handle.select("SELECT payload FROM outbox ORDER BY id")
                .mapTo(String.class)
                .map(Outbox::decode)
                .list());
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Form form(String json) {
        return new Form(Json.parse(json));
    }

    /** For messages without files. */
    private Attachments attachments() {
        ObjectStore store = new ObjectStore(
                () -> {
                    throw SdkClientException.create("The store is away");
                },
                () -> {
                    throw SdkClientException.create("The store is away");
                },
                () -> "nowhere");
        return new Attachments(
                ids, store, new Uploads(database, ids, channels, store, 1), new FileChecks(content, store), 1);
    }

    private Accounts accounts() {
        SecureRandom random = new SecureRandom();
        Duration minute = Duration.ofMinutes(1);
        Tokens tokens = new Tokens(
                database,
                ids,
                () -> random,
                new Cache<>(redis, "token:", Principal.class, minute),
                (user, digests) -> {},
                null,
                minute,
                minute);
        return new Accounts(
                database, ids, new Passwords(() -> random), tokens, new Cache<>(redis, "user:", User.class, minute));
    }
}
