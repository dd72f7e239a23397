package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.Authenticator;
import dev.parley.account.Passwords;
import dev.parley.account.Principal;
import dev.parley.account.Tokens;
import dev.parley.account.User;
import dev.parley.account.UserSettings;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditLog;
import dev.parley.catalog.Queues;
import dev.parley.channel.Channels;
import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.GatewayConnections;
import dev.parley.connection.GatewayUrls;
import dev.parley.connection.PostOutcome;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.GuildSizes;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.Guilds;
import dev.parley.guild.MemberSearch;
import dev.parley.guild.Members;
import dev.parley.guild.Roles;
import dev.parley.guild.TemporaryMembers;
import dev.parley.image.Images;
import dev.parley.local.StoredContent;
import dev.parley.local.sqs.EmbeddedSqs;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.LocalRedis;
import dev.parley.local.store.TestPooler;
import dev.parley.migrations.Migrations;
import dev.parley.moderation.Prunes;
import dev.parley.presence.PresenceStore;
import dev.parley.presence.Presences;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.LimitTable;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.readstate.ReadStates;
import dev.parley.redis.Cache;
import dev.parley.redis.Redis;
import dev.parley.settings.Settings;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.snowflake.WorkerLease;
import dev.parley.storage.NoStore;
import dev.parley.store.Database;
import dev.parley.store.StaleReads;
import dev.parley.telemetry.Meter;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Sessions on real stores and a real queue, without a gateway: a test plays API Gateway, and moves the clock. */
final class SessionStage implements AutoCloseable {

    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Duration INTERVAL = Duration.ofSeconds(270);
    private static final SecureRandom RANDOM = new SecureRandom();

    final SteppingClock clock = new SteppingClock();
    final Posts posts = new Posts();
    final Database database;
    final Redis redis;
    final Guilds guilds;
    final Members members;
    final PresenceStore shown;
    final Presences presences;
    final Sessions sessions;
    final MemberRequests memberRequests;

    private final LocalDatabase postgres;
    private final LocalRedis redisServer;
    private final EmbeddedSqs queues = new EmbeddedSqs(Queues.all(), Clock.systemUTC());
    private final SqsClient sqs = SqsClient.builder()
            .endpointOverride(queues.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    private final SnowflakeGenerator ids;
    private final GatewayConnections connections;
    private final Accounts accounts;
    private final Recipients recipients;
    private final TemporaryMembers temporaryMembers;
    private final Roles roles;
    private final AuditLog auditLog;
    private final EventPublisher publisher;
    private final RateLimiter limiter;

    private SessionStage(Path folder) {
        postgres = LocalDatabase.start(folder, BinaryCache.ofUser(), TestPooler.options());
        new Migrations(
                        postgres.directUrl(),
                        postgres.user(),
                        postgres.password().value())
                .migrate();
        database = new Database(postgres.jdbcUrl(), postgres.user(), postgres.password(), 4, Duration.ofSeconds(20));
        redisServer = LocalRedis.start(folder.resolve("redis"), BinaryCache.ofUser());
        redis = new Redis(RedisURI.create(redisServer.uri()), Duration.ofSeconds(5));
        ids = new SnowflakeGenerator(clock, () -> new WorkerLease(1, Long.MAX_VALUE));
        publisher = new EventPublisher(() -> sqs, queues.queueUrl(Queues.EVENTS.name()));
        Outbox outbox = new Outbox(StoredContent.in(database));
        guilds = new Guilds(database, ids, new Images(NoStore.create()), outbox, publisher);
        auditLog = new AuditLog(ids, outbox);
        roles = new Roles(database, ids, guilds, auditLog, outbox, publisher);
        members = new Members(database, StaleReads.ofWriter(database), ids, guilds, roles, auditLog, outbox, publisher);
        recipients = new Recipients(redis, () -> RANDOM, 1_000);
        temporaryMembers = new TemporaryMembers(database, members, recipients, publisher);
        limiter = new RateLimiter(redis, LimitTable.from(Settings.of(Map.of())), clock);
        shown = new PresenceStore(redis);
        presences = new Presences(
                shown, recipients, guilds, new GuildSizes(redis, database), limiter, publisher, ids, clock);
        connections = new GatewayConnections(redis, clock);
        accounts = accounts();
        sessions = sessionsReadingFrom(database);
        memberRequests = new MemberRequests(
                redis,
                new MemberSearch(database, StaleReads.ofWriter(database)),
                recipients,
                shown,
                sessions.delivery(),
                limiter,
                clock);
    }

    /** The same sessions, whose guilds are read from another database. */
    Sessions sessionsReadingFrom(Database snapshots) {
        return new Sessions(
                redis,
                clock,
                connections,
                posts,
                connectionId -> CompletableFuture.completedFuture(Optional.empty()),
                recipients,
                new IdsAsTokens(),
                accounts,
                guilds,
                new GuildSnapshots(snapshots, guilds, recipients, shown),
                personal(),
                presences,
                limiter,
                () -> RANDOM,
                () -> false,
                temporaryMembers::sessionEnded,
                Meter.none(),
                new SessionSettings(
                        GatewayUrls.only("ws://localhost"),
                        WINDOW,
                        Duration.ofSeconds(8),
                        Duration.ofMinutes(100),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        true));
    }

    static SessionStage start(Path folder) {
        return new SessionStage(folder);
    }

    @Override
    public void close() {
        sqs.close();
        queues.close();
        redis.close();
        redisServer.close();
        database.close();
        postgres.close();
    }

    /** A new user, whose token is the id. */
    User user() {
        Snowflake id = ids.next();
        return database.query(handle -> accounts.addBot(handle, id, "user" + id));
    }

    /** A new guild of that user. */
    Snowflake guild(User owner) {
        return Snowflake.parse(guilds.create(owner, new Form(Json.object().put("name", "a guild")))
                .path("id")
                .asText());
    }

    /** What prunes guilds, by the real time. */
    Prunes prunes() {
        return new Prunes(database, members, auditLog, publisher, Clock.systemUTC());
    }

    /** A new role of a guild. */
    Snowflake role(Snowflake guildId, User owner) {
        return Snowflake.parse(roles.create(guildId, Actor.of(owner.id()), new Form(Json.object()))
                .path("id")
                .asText());
    }

    void join(Snowflake guildId, User user) {
        database.transaction(handle -> guilds.join(handle, guildId, user, List.of()));
    }

    /** A new connection. */
    String open() {
        String connectionId = UUID.randomUUID().toString();
        connections.opened(connectionId, INTERVAL);
        connections.greeted(connectionId);
        return connectionId;
    }

    /** A new connection with a session on it. */
    String identify(User user, long intents) {
        return identify(sessions, user, intents);
    }

    String identify(Sessions through, User user, long intents) {
        String connectionId = open();
        ObjectNode data = Json.object();
        data.put("token", user.id().toString());
        data.put("intents", intents);
        String refusal = through.identify(connectionId, data);
        if (refusal != null) {
            throw new AssertionError(refusal);
        }
        return connectionId;
    }

    void sweep() {
        sessions.sweeper().sweep(0, 1, Duration.ofSeconds(30));
    }

    /** Data of the events that are on the queue, which then are there no more. */
    List<JsonNode> published() {
        String url = queues.queueUrl(Queues.EVENTS.name());
        List<JsonNode> published = new ArrayList<>();
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            for (Message message : messages) {
                published.add(Json.parse(message.body()).path("data"));
                sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
            }
        } while (!messages.isEmpty());
        return published;
    }

    private PersonalState personal() {
        Outbox outbox = new Outbox(StoredContent.in(database));
        EventPublisher publisher = new EventPublisher(() -> sqs, "nowhere");
        Channels channels = new Channels(
                database, StoredContent.in(database), ids, guilds, new AuditLog(ids, outbox), outbox, publisher);
        return new PersonalState(
                new ReadStates(database, StoredContent.in(database), ids, channels, outbox, publisher),
                new UserSettings(database, ids, outbox, publisher));
    }

    private Accounts accounts() {
        Duration minute = Duration.ofMinutes(1);
        Tokens tokens = new Tokens(
                database,
                ids,
                () -> RANDOM,
                new Cache<>(redis, "token:", Principal.class, minute),
                (userId, digests) -> {},
                null,
                minute,
                minute);
        return new Accounts(
                database, ids, new Passwords(() -> RANDOM), tokens, new Cache<>(redis, "user:", User.class, minute));
    }

    /** Everybody's token is their id. */
    private static final class IdsAsTokens implements Authenticator {

        @Override
        public @Nullable Principal authenticate(String token, Runnable beforeLookup) {
            Snowflake userId = Snowflake.parseOrNull(token);
            return userId == null ? null : new Principal(userId, true, userId);
        }

        @Override
        public String digest(String token) {
            return token;
        }
    }

    /** What connections got; they take everything, unless a test says that they do not read. */
    static final class Posts implements ConnectionPoster {

        private final Map<String, List<JsonNode>> frames = new ConcurrentHashMap<>();
        volatile PostOutcome outcome = PostOutcome.DELIVERED;

        /** The frames of one type on a connection, in their order. */
        List<JsonNode> ofType(String connectionId, String type) {
            return frames.getOrDefault(connectionId, List.of()).stream()
                    .filter(frame -> frame.path("t").asText().equals(type))
                    .toList();
        }

        @Override
        public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
            if (outcome == PostOutcome.DELIVERED) {
                frames.computeIfAbsent(connectionId, id -> new CopyOnWriteArrayList<>())
                        .add(Json.parse(new String(message, StandardCharsets.UTF_8)));
            }
            return CompletableFuture.completedFuture(outcome);
        }

        @Override
        public CompletableFuture<PostOutcome> disconnect(String connectionId) {
            return CompletableFuture.completedFuture(PostOutcome.DELIVERED);
        }

        @Override
        public void close() {}
    }
}
