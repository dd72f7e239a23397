package dev.parley;

import dev.parley.account.Accounts;
import dev.parley.account.Authenticator;
import dev.parley.account.Passwords;
import dev.parley.account.Principal;
import dev.parley.account.Profiles;
import dev.parley.account.RevocationEvents;
import dev.parley.account.Tokens;
import dev.parley.account.User;
import dev.parley.account.UserSettings;
import dev.parley.application.Applications;
import dev.parley.application.CommandIndex;
import dev.parley.application.CommandPermissions;
import dev.parley.application.Commands;
import dev.parley.attachment.AttachmentDownloads;
import dev.parley.attachment.AttachmentLinks;
import dev.parley.attachment.Attachments;
import dev.parley.attachment.FileChecks;
import dev.parley.attachment.Uploads;
import dev.parley.audit.AuditLog;
import dev.parley.automod.AutoMod;
import dev.parley.automod.AutoModActions;
import dev.parley.automod.AutoModRules;
import dev.parley.channel.ChannelOrder;
import dev.parley.channel.ChannelSettings;
import dev.parley.channel.ChannelVisibility;
import dev.parley.channel.Channels;
import dev.parley.channel.DirectChannels;
import dev.parley.channel.DirectEvents;
import dev.parley.channel.Groups;
import dev.parley.channel.Typing;
import dev.parley.connection.BudgetedConnectionPoster;
import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.GatewayConnections;
import dev.parley.connection.GatewayUrls;
import dev.parley.connection.Greeter;
import dev.parley.connection.ManagementClient;
import dev.parley.connection.ManagementEndpoints;
import dev.parley.connection.MeteredConnectionPoster;
import dev.parley.connection.NettyConnectionPoster;
import dev.parley.connection.PostOutcome;
import dev.parley.connection.PosterLimits;
import dev.parley.connection.RoutedManagementClient;
import dev.parley.connection.SigV4RequestSigner;
import dev.parley.emoji.ApplicationEmojis;
import dev.parley.emoji.GuildEmojis;
import dev.parley.emoji.ReactionEmojis;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Fanout;
import dev.parley.fanout.Outbox;
import dev.parley.fanout.Relay;
import dev.parley.guild.GuildAvailability;
import dev.parley.guild.GuildCounts;
import dev.parley.guild.GuildSettings;
import dev.parley.guild.GuildSizes;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.GuildSummaries;
import dev.parley.guild.Guilds;
import dev.parley.guild.MemberSearch;
import dev.parley.guild.Members;
import dev.parley.guild.Memberships;
import dev.parley.guild.Roles;
import dev.parley.guild.TemporaryMembers;
import dev.parley.guild.WelcomeScreens;
import dev.parley.guild.Widgets;
import dev.parley.iam.ConnectTokens;
import dev.parley.image.Images;
import dev.parley.interaction.Callbacks;
import dev.parley.interaction.FollowUps;
import dev.parley.interaction.Interactions;
import dev.parley.interaction.ResponseMessages;
import dev.parley.invite.Invites;
import dev.parley.message.DeferredMessages;
import dev.parley.message.JoinMessages;
import dev.parley.message.MessageDeletes;
import dev.parley.message.MessageEdits;
import dev.parley.message.Messages;
import dev.parley.message.Pins;
import dev.parley.message.SlowMode;
import dev.parley.message.SystemMessages;
import dev.parley.moderation.AuditLogs;
import dev.parley.moderation.Bans;
import dev.parley.moderation.Integrations;
import dev.parley.moderation.Prunes;
import dev.parley.presence.PresenceStore;
import dev.parley.presence.Presences;
import dev.parley.privacy.AccountDeletion;
import dev.parley.privacy.ContentErasure;
import dev.parley.privacy.DataExport;
import dev.parley.ratelimit.LimitTable;
import dev.parley.ratelimit.PostBudget;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.reaction.ReactionCounts;
import dev.parley.reaction.ReactionErasure;
import dev.parley.reaction.Reactions;
import dev.parley.readstate.ReadStates;
import dev.parley.redis.Cache;
import dev.parley.redis.Redis;
import dev.parley.redis.RedisLogin;
import dev.parley.relationship.Relationships;
import dev.parley.search.GoneChannels;
import dev.parley.search.MessageIndex;
import dev.parley.search.MessageSearch;
import dev.parley.session.MemberRequests;
import dev.parley.session.PersonalState;
import dev.parley.session.Recipients;
import dev.parley.session.SessionSettings;
import dev.parley.session.Sessions;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.shard.ClusterSettings;
import dev.parley.shard.Clusters;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.DeferredChange.Handler;
import dev.parley.shard.DeferredChange.Kind;
import dev.parley.snowflake.RedisWorkerLeases;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.snowflake.WorkerRange;
import dev.parley.storage.ObjectStore;
import dev.parley.store.Database;
import dev.parley.store.DatabaseLogin;
import dev.parley.store.ExpiredRows;
import dev.parley.store.ReaderOptions;
import dev.parley.store.RecentWrites;
import dev.parley.store.StaleReads;
import dev.parley.telemetry.EmbeddedMetricsWriter;
import dev.parley.telemetry.Meter;
import dev.parley.thread.ThreadActivity;
import dev.parley.thread.ThreadLists;
import dev.parley.thread.ThreadMembers;
import dev.parley.thread.Threads;
import dev.parley.webhook.WebhookMessages;
import dev.parley.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The composition root: everything that the functions call, built once from the settings. Nothing is connected until it
 * is used.
 *
 * <p>Thread-safe: one Parley serves all functions of a process.
 */
public final class Parley implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parley.class);
    private static final int POST_LOOPS = 1;
    private static final int POST_CONNECTIONS = 16;
    private static final int POSTS_WAITING = 20_000;
    private static final Duration POST_TIMEOUT = Duration.ofSeconds(3);

    /** With the timeout above no longer than half of a send lease. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(2);

    /** Leaves a function with a timeout of 10 s or more the time to finish. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(8);

    /** Longer than any function runs: until then somebody may still be sending to a channel that is deleted. */
    private static final Duration CHANNELS_KEPT = Duration.ofMinutes(2);

    /** An id of the shape that API Gateway gives connections, which it has given to none. */
    private static final String NO_CONNECTION = "AAAAAAAAAAAAAAA=";

    /** Of the 10 s that Lambda gives to a restore (Lambda developer guide, "Lambda SnapStart runtime hooks for Java"). */
    private static final Duration CONNECTING = Duration.ofSeconds(1);

    /** What a search takes the time for before it says that the index is not ready. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(2);

    private final Settings settings;
    private final Clock clock;
    private final Meter meter;
    private final AwsClients aws;
    private final DatabaseLogin databaseLogin;
    private final Database database;
    private final @Nullable Database readers;
    private final ContentDatabase content;
    private final GoneChannels goneChannels;
    private final StaleReads staleReads;
    private final Redis redis;
    private final SnowflakeGenerator snowflakes;
    private final RateLimiter rateLimiter;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final AuditLog auditLog;
    private final Tokens tokens;
    private final Accounts accounts;
    private final Guilds guilds;
    private final GuildSettings guildSettings;
    private final Roles roles;
    private final Members members;
    private final GuildAvailability guildAvailability;
    private final Channels channels;
    private final ChannelSettings channelSettings;
    private final Typing typing;
    private final Invites invites;
    private final Applications applications;
    private final AttachmentLinks attachmentLinks;
    private final AttachmentDownloads attachmentDownloads;
    private final Uploads uploads;
    private final FileChecks fileChecks;
    private final Attachments attachments;
    private final ChannelOrder channelOrder;
    private final Threads threads;
    private final ThreadMembers threadMembers;
    private final ThreadLists threadLists;
    private final ThreadActivity threadActivity;
    private final AutoMod autoMod;
    private final AutoModRules autoModRules;
    private final Images images;
    private final GuildEmojis guildEmojis;
    private final ApplicationEmojis applicationEmojis;
    private final Messages messages;
    private final Webhooks webhooks;
    private final AuditLogs auditLogs;
    private final Commands commands;
    private final CommandPermissions commandPermissions;
    private final CommandIndex commandIndex;
    private final Reactions reactions;
    private final Profiles profiles;
    private final DirectChannels directChannels;
    private final Groups groups;
    private final Relationships relationships;
    private final ReadStates readStates;
    private final AccountDeletion accountDeletion;
    private final DataExport dataExport;
    private final UserSettings userSettings;
    private final GuildSummaries guildSummaries;
    private final MemberSearch memberSearch;
    private final MessageIndex messageIndex;
    private final MessageSearch messageSearch;
    private final MessageEdits messageEdits;
    private final MessageDeletes messageDeletes;
    private final Pins pins;
    private final Bans bans;
    private final Prunes prunes;
    private final Integrations integrations;
    private final GuildCounts guildCounts;
    private final Widgets widgets;
    private final WelcomeScreens welcomeScreens;
    private final Interactions interactions;
    private final Callbacks callbacks;
    private final WebhookMessages webhookMessages;
    private final GatewayConnections connections;
    private final PostBudget postBudget;
    private final GatewayUrls gatewayUrls;
    private final ManagementClient management;
    private final ConnectionPoster poster;
    private final Presences presences;
    private final Sessions sessions;
    private final MemberRequests memberRequests;
    private final Fanout fanout;
    private final Relay relay;
    private final Greeter greeter;

    /**
     * A system that is connected to nothing yet.
     *
     * @param metricLines takes the lines that CloudWatch Logs makes metrics from; on Lambda the standard output
     */
    public Parley(Settings settings, Clock clock, Consumer<String> metricLines) {
        this(settings, clock, metricLines, ManagementEndpoints.of(settings));
    }

    /**
     * A system that is connected to nothing yet.
     *
     * @param metricLines takes the lines that CloudWatch Logs makes metrics from; on Lambda the standard output
     * @param endpoints where gateway connections are posted to, instead of the endpoint that the settings name
     */
    public Parley(Settings settings, Clock clock, Consumer<String> metricLines, ManagementEndpoints endpoints) {
        this.settings = settings;
        this.clock = clock;
        meter = new EmbeddedMetricsWriter(metricLines, settings.text(Setting.DEPLOYMENT), clock);
        SecureRandom random = new SecureRandom();
        aws = new AwsClients(settings.text(Setting.DELIVERIES_QUEUE_URL));
        ConnectTokens connectTokens = new ConnectTokens(aws::credentials, aws::region, clock);
        databaseLogin = new DatabaseLogin(settings, connectTokens);
        Clusters clusters = ClusterSettings.open(settings, databaseLogin);
        database = clusters.directory();
        redis = new Redis(RedisLogin.address(settings, connectTokens), settings.duration(Setting.REDIS_TIMEOUT));
        snowflakes = new SnowflakeGenerator(
                clock,
                new RedisWorkerLeases(
                        redis, clock, random, WorkerRange.parse(settings.text(Setting.SNOWFLAKE_WORKERS))));
        rateLimiter = new RateLimiter(redis, LimitTable.from(settings), clock);
        String eventsQueueUrl = settings.text(Setting.EVENTS_QUEUE_URL);
        Supplier<SqsClient> eventsQueues = () -> aws.sqs(eventsQueueUrl);
        String readerUrl = settings.text(Setting.DATABASE_READER_URL);
        if (readerUrl.isEmpty()) {
            readers = null;
            staleReads = StaleReads.ofWriter(database);
            publisher = new EventPublisher(eventsQueues, eventsQueueUrl);
        } else {
            ReaderOptions options = new ReaderOptions(settings.duration(Setting.DATABASE_READER_LAG));
            RecentWrites writes = new RecentWrites(redis, options.pin());
            String databaseUser = settings.text(Setting.DATABASE_USER);
            readers = Database.ofReaders(
                    readerUrl,
                    databaseUser,
                    () -> databaseLogin.password(readerUrl, databaseUser),
                    settings.integer(Setting.DATABASE_POOL_SIZE, 1, 100));
            staleReads = StaleReads.of(database, readers, writes, options, meter);
            publisher = new EventPublisher(eventsQueues, eventsQueueUrl, writes::note);
        }
        content = new ContentDatabase(clusters, staleReads, deferredChanges());
        goneChannels = new GoneChannels(content, CHANNELS_KEPT);
        outbox = new Outbox(content);
        Duration cached = settings.duration(Setting.CACHE_LIFETIME);
        auditLog = new AuditLog(snowflakes, outbox);
        tokens = new Tokens(
                database,
                snowflakes,
                () -> random,
                new Cache<>(redis, "token:", Principal.class, cached),
                this::revoked,
                settings.text(Setting.RELAY_QUEUE_URL).isEmpty()
                        ? null
                        : new RevocationEvents(snowflakes, outbox, publisher),
                settings.duration(Setting.ACCESS_TOKEN_LIFETIME),
                settings.duration(Setting.REFRESH_TOKEN_LIFETIME));
        accounts = new Accounts(
                database,
                snowflakes,
                new Passwords(() -> random),
                tokens,
                new Cache<>(redis, "user:", User.class, cached));
        ObjectStore store = new ObjectStore(
                () -> aws.s3(settings.flag(Setting.STORAGE_PATH_STYLE), settings.text(Setting.STORAGE_REGION)),
                () -> aws.presigner(settings.flag(Setting.STORAGE_PATH_STYLE), settings.text(Setting.STORAGE_REGION)),
                () -> settings.text(Setting.STORAGE_BUCKET));
        images = new Images(store);
        guilds = new Guilds(database, snowflakes, images, outbox, publisher);
        Recipients recipients = new Recipients(redis, () -> random, settings.integer(Setting.LARGE_GUILD, 10, 5_000));
        PresenceStore shown = new PresenceStore(redis);
        presences = new Presences(
                shown, recipients, guilds, new GuildSizes(redis, database), rateLimiter, publisher, snowflakes, clock);
        roles = new Roles(database, snowflakes, guilds, auditLog, outbox, publisher);
        members = new Members(database, staleReads, snowflakes, guilds, roles, auditLog, outbox, publisher);
        guildSettings = new GuildSettings(database, snowflakes, images, auditLog, outbox, publisher);
        guildAvailability = new GuildAvailability(database, snowflakes, outbox, publisher);
        channels = new Channels(database, content, snowflakes, guilds, auditLog, outbox, publisher);
        channelSettings =
                new ChannelSettings(database, snowflakes, channels, guildSettings, auditLog, outbox, publisher);
        autoMod = new AutoMod(
                database, snowflakes, new AutoModActions(members, this::messages), auditLog, outbox, publisher, clock);
        typing = new Typing(channels, snowflakes, publisher, clock);
        attachmentLinks = new AttachmentLinks(
                () -> settings.text(Setting.CDN_URL),
                () -> settings.keys(Setting.CDN_KEY, AttachmentLinks.SHORTEST_KEY),
                clock);
        attachmentDownloads = new AttachmentDownloads(attachmentLinks, store);
        long maxFile = settings.integer(Setting.FILE_LIMIT, 1, 100) * 1024L * 1024L;
        uploads = new Uploads(database, snowflakes, channels, store, maxFile);
        fileChecks = new FileChecks(content, store);
        attachments = new Attachments(snowflakes, store, uploads, fileChecks, maxFile);
        messageEdits = new MessageEdits(content, snowflakes, channels, attachments, autoMod, outbox, publisher, clock);
        messageDeletes = new MessageDeletes(content, snowflakes, channels, auditLog, outbox, publisher, clock);
        webhooks = new Webhooks(
                database, snowflakes, () -> random, accounts, channels, guilds, images, auditLog, outbox, publisher);
        applications = new Applications(
                database, snowflakes, () -> random, accounts, tokens, guilds, auditLog, publisher, presences);
        auditLogs = new AuditLogs(database, staleReads, guilds, clock);
        commands = new Commands(database, snowflakes, applications);
        commandPermissions =
                new CommandPermissions(database, snowflakes, accounts, applications, auditLog, outbox, publisher);
        commandIndex = new CommandIndex(database, accounts, channels, guilds);
        reactions = new Reactions(content, snowflakes, channels, new ReactionEmojis(), outbox, publisher);
        profiles = new Profiles(
                database,
                snowflakes,
                accounts,
                tokens,
                new Memberships(snowflakes, members, outbox),
                images,
                outbox,
                publisher);
        autoModRules = new AutoModRules(database, snowflakes, guilds, auditLog, outbox, publisher, autoMod);
        memberSearch = new MemberSearch(database, staleReads);
        messageIndex = new MessageIndex(content, goneChannels, clock);
        messageSearch = new MessageSearch(database, content, messageIndex, CATCHING_UP);
        bans = new Bans(database, content, snowflakes, accounts, guilds, members, auditLog, outbox, publisher, clock);
        threadActivity = new ThreadActivity(database, snowflakes, outbox, publisher);
        messages = new Messages(
                database,
                snowflakes,
                accounts,
                channels,
                new SlowMode(redis, clock),
                content,
                outbox,
                new ReactionCounts(content),
                attachments,
                threadActivity,
                autoMod,
                publisher);
        pins = new Pins(content, snowflakes, accounts, channels, messages, auditLog, outbox, publisher, clock);
        channelOrder = new ChannelOrder(database, snowflakes, auditLog, outbox, publisher);
        SystemMessages systemMessages = new SystemMessages(snowflakes, outbox, content);
        threads = new Threads(database, snowflakes, channels, systemMessages, auditLog, outbox, publisher);
        threadMembers = new ThreadMembers(database, snowflakes, channels, guilds, outbox, publisher);
        threadLists = new ThreadLists(database, channels, guilds);
        Memberships memberships = new Memberships(snowflakes, members, outbox);
        DirectEvents directEvents = new DirectEvents(snowflakes, outbox);
        directChannels = new DirectChannels(database, snowflakes, channels, directEvents, publisher);
        groups = new Groups(database, channels, directChannels, directEvents, images, publisher);
        readStates = new ReadStates(database, content, snowflakes, channels, outbox, publisher);
        userSettings = new UserSettings(database, snowflakes, outbox, publisher);
        relationships = new Relationships(database, snowflakes, accounts, outbox, publisher);
        prunes = new Prunes(database, members, auditLog, publisher, clock);
        integrations = new Integrations(database, snowflakes, guilds, members, auditLog, outbox, publisher);
        welcomeScreens = new WelcomeScreens(database, guilds, guildSettings, publisher);
        interactions = new Interactions(
                database,
                snowflakes,
                () -> random,
                accounts,
                guilds,
                channels,
                messages,
                commandIndex,
                outbox,
                publisher);
        ResponseMessages responses = new ResponseMessages(
                database,
                content,
                snowflakes,
                accounts,
                channels,
                attachments,
                messages,
                messageEdits,
                messageDeletes,
                outbox,
                publisher);
        callbacks = new Callbacks(
                database, accounts, responses, publisher, clock, settings.duration(Setting.INTERACTION_DEADLINE));
        webhookMessages = new WebhookMessages(
                database,
                webhooks,
                messages,
                messageEdits,
                messageDeletes,
                new FollowUps(database, accounts, responses, publisher, clock));
        ReactionErasure reactionErasure = new ReactionErasure(content, clock);
        accountDeletion = new AccountDeletion(
                database,
                accounts,
                tokens,
                memberships,
                images,
                reactionErasure,
                new ContentErasure(content, goneChannels, reactionErasure),
                List.of(groups::leaveAll, relationships::removeAll),
                publisher);
        dataExport =
                new DataExport(database, content, accounts, userSettings, relationships, directChannels, applications);
        guildEmojis = new GuildEmojis(database, snowflakes, accounts, guilds, images, auditLog, outbox, publisher);
        applicationEmojis = new ApplicationEmojis(database, snowflakes, accounts, images);
        connections = new GatewayConnections(redis, clock);
        gatewayUrls = GatewayUrls.of(settings);
        postBudget = new PostBudget(redis, clock, settings.integer(Setting.POST_RATE, 0, 1_000_000));
        management = new RoutedManagementClient(
                endpoints,
                endpoint -> new NettyConnectionPoster(
                        endpoint,
                        new SigV4RequestSigner(endpoint, aws::credentials, aws::region, clock),
                        clock,
                        new PosterLimits(POST_LOOPS, POST_CONNECTIONS, POSTS_WAITING, POST_TIMEOUT)));
        poster = new MeteredConnectionPoster(new BudgetedConnectionPoster(management, postBudget, LONGEST_TURN), meter);
        guildSummaries = new GuildSummaries(database, recipients);
        guildCounts = new GuildCounts(database, recipients, shown);
        widgets = new Widgets(database, guilds, guildSettings, guildCounts, recipients, shown, publisher);
        invites = new Invites(
                database,
                snowflakes,
                () -> random,
                accounts,
                channels,
                guilds,
                guildCounts,
                new JoinMessages(messages),
                auditLog,
                outbox,
                publisher,
                presences);
        GuildSnapshots snapshots = new GuildSnapshots(database, guilds, recipients, shown);
        sessions = new Sessions(
                redis,
                clock,
                connections,
                poster,
                management,
                recipients,
                tokens,
                accounts,
                guilds,
                snapshots,
                new PersonalState(readStates, userSettings),
                presences,
                rateLimiter,
                () -> random,
                postBudget::pressed,
                new TemporaryMembers(database, members, recipients, publisher)::sessionEnded,
                meter,
                new SessionSettings(
                        gatewayUrls,
                        settings.duration(Setting.RESUME_WINDOW),
                        LONGEST_SEND,
                        settings.duration(Setting.RECONNECT_AFTER),
                        settings.duration(Setting.RECONNECT_SPREAD),
                        settings.duration(Setting.SWEEP_UNSEEN),
                        settings.flag(Setting.HEARTBEATS_SEEN)));
        memberRequests =
                new MemberRequests(redis, memberSearch, recipients, shown, sessions.delivery(), rateLimiter, clock);
        fanout = new Fanout(
                redis,
                () -> aws.sqs(settings.text(Setting.DELIVERIES_QUEUE_URL)),
                settings.text(Setting.DELIVERIES_QUEUE_URL),
                settings.text(Setting.RELAY_QUEUE_URL),
                recipients,
                new ChannelVisibility(database, clock),
                snapshots,
                sessions.delivery(),
                outbox,
                content,
                attachmentLinks,
                this::signedOut,
                LONGEST_SEND);
        String relayTargetUrl = settings.text(Setting.RELAY_TARGET_URL);
        relay = new Relay(() -> aws.sqs(relayTargetUrl), relayTargetUrl, clock);
        greeter = new Greeter(aws::lambda, () -> settings.text(Setting.HELLO_FUNCTION));
    }

    /** The system that this process's environment describes. */
    public static Parley fromEnvironment() {
        return new Parley(Settings.fromEnvironment(), Clock.systemUTC(), System.out::println);
    }

    public Settings settings() {
        return settings;
    }

    public DatabaseLogin databaseLogin() {
        return databaseLogin;
    }

    public Clock clock() {
        return clock;
    }

    /** What takes the numbers that the system reports of itself. */
    public Meter meter() {
        return meter;
    }

    public Database database() {
        return database;
    }

    /** Messages and what hangs from them. */
    public ContentDatabase content() {
        return content;
    }

    public Redis redis() {
        return redis;
    }

    public SnowflakeGenerator snowflakes() {
        return snowflakes;
    }

    public RateLimiter rateLimiter() {
        return rateLimiter;
    }

    public Outbox outbox() {
        return outbox;
    }

    public EventPublisher publisher() {
        return publisher;
    }

    public AuditLog auditLog() {
        return auditLog;
    }

    /** Who a token belongs to. */
    public Authenticator authenticator() {
        return tokens;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Guilds guilds() {
        return guilds;
    }

    public GuildSettings guildSettings() {
        return guildSettings;
    }

    public Roles roles() {
        return roles;
    }

    public Members members() {
        return members;
    }

    public GuildAvailability guildAvailability() {
        return guildAvailability;
    }

    public Channels channels() {
        return channels;
    }

    public ChannelSettings channelSettings() {
        return channelSettings;
    }

    public Typing typing() {
        return typing;
    }

    public Invites invites() {
        return invites;
    }

    public Applications applications() {
        return applications;
    }

    /** What gives the files of messages their links when they leave. */
    public AttachmentLinks attachmentLinks() {
        return attachmentLinks;
    }

    public AttachmentDownloads attachmentDownloads() {
        return attachmentDownloads;
    }

    public Uploads uploads() {
        return uploads;
    }

    public FileChecks fileChecks() {
        return fileChecks;
    }

    public Attachments attachments() {
        return attachments;
    }

    public ChannelOrder channelOrder() {
        return channelOrder;
    }

    public Threads threads() {
        return threads;
    }

    public ThreadMembers threadMembers() {
        return threadMembers;
    }

    public ThreadLists threadLists() {
        return threadLists;
    }

    public ThreadActivity threadActivity() {
        return threadActivity;
    }

    public AutoModRules autoModRules() {
        return autoModRules;
    }

    /** Icons, avatars and the images of emojis. */
    public Images images() {
        return images;
    }

    public GuildEmojis guildEmojis() {
        return guildEmojis;
    }

    public ApplicationEmojis applicationEmojis() {
        return applicationEmojis;
    }

    public Messages messages() {
        return messages;
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public AuditLogs auditLogs() {
        return auditLogs;
    }

    public Commands commands() {
        return commands;
    }

    public CommandPermissions commandPermissions() {
        return commandPermissions;
    }

    public CommandIndex commandIndex() {
        return commandIndex;
    }

    public Profiles profiles() {
        return profiles;
    }

    public DirectChannels directChannels() {
        return directChannels;
    }

    public Groups groups() {
        return groups;
    }

    public ReadStates readStates() {
        return readStates;
    }

    public UserSettings userSettings() {
        return userSettings;
    }

    public AccountDeletion accountDeletion() {
        return accountDeletion;
    }

    public DataExport dataExport() {
        return dataExport;
    }

    public Relationships relationships() {
        return relationships;
    }

    public GuildSummaries guildSummaries() {
        return guildSummaries;
    }

    public Reactions reactions() {
        return reactions;
    }

    public MemberSearch memberSearch() {
        return memberSearch;
    }

    public MessageIndex messageIndex() {
        return messageIndex;
    }

    public MessageSearch messageSearch() {
        return messageSearch;
    }

    public MessageEdits messageEdits() {
        return messageEdits;
    }

    public MessageDeletes messageDeletes() {
        return messageDeletes;
    }

    public Pins pins() {
        return pins;
    }

    public Bans bans() {
        return bans;
    }

    public Prunes prunes() {
        return prunes;
    }

    public Integrations integrations() {
        return integrations;
    }

    public GuildCounts guildCounts() {
        return guildCounts;
    }

    public Widgets widgets() {
        return widgets;
    }

    public WelcomeScreens welcomeScreens() {
        return welcomeScreens;
    }

    public Interactions interactions() {
        return interactions;
    }

    public Callbacks callbacks() {
        return callbacks;
    }

    public WebhookMessages webhookMessages() {
        return webhookMessages;
    }

    public GatewayConnections connections() {
        return connections;
    }

    public ConnectionPoster poster() {
        return poster;
    }

    /** Where clients find the gateway. */
    public GatewayUrls gatewayUrls() {
        return gatewayUrls;
    }

    /** What all functions together may post. */
    public PostBudget postBudget() {
        return postBudget;
    }

    public Presences presences() {
        return presences;
    }

    public Sessions sessions() {
        return sessions;
    }

    public MemberRequests memberRequests() {
        return memberRequests;
    }

    public Fanout fanout() {
        return fanout;
    }

    /** What brings events to the other Region. */
    public Relay relay() {
        return relay;
    }

    public ExpiredRows expiredRows() {
        return new ExpiredRows(database, content.clusters().all());
    }

    /** Whether the database and Redis answer now. */
    public Health health() {
        return new Health(
                answers(this::askDatabase),
                answers(() -> redis.await(redis.commands().exists("health"))));
    }

    /**
     * What answers.
     *
     * @param database whether the database runs a statement
     * @param redis whether Redis runs a command
     */
    public record Health(boolean database, boolean redis) {

        public boolean healthy() {
            return database && redis;
        }
    }

    /** What starts the function that greets new connections. */
    public Greeter greeter() {
        return greeter;
    }

    /**
     * Uses each connection once, which loads the classes that do it.
     *
     * @throws RuntimeException if one of them does not answer
     */
    public void prime() {
        askDatabase();
        redis.await(redis.commands().get("prime"));
        snowflakes.next();
    }

    /**
     * Loads what signs and posts, before a snapshot is taken: it posts to a connection that there is not.
     *
     * @throws java.util.concurrent.CompletionException if that cannot even be tried
     */
    public void primePosts() {
        PostOutcome outcome = poster.post(NO_CONNECTION, "{}".getBytes(StandardCharsets.UTF_8))
                .join();
        log.debug("A post to no connection: {}", outcome);
    }

    /**
     * As {@link #primePosts}, and loads what begins sessions and what goes on with them.
     *
     * @throws RuntimeException if that cannot be tried
     */
    public void primeSessions() {
        primePosts();
        sessions.prime(NO_CONNECTION);
    }

    /**
     * Opens the connections to the database and to Redis side by side, as each takes several round trips. Who needs one that
     * was not opened here in time opens it, or learns why that cannot be.
     */
    public void connect() {
        Thread toDatabase = Thread.ofVirtual().start(() -> {
            try {
                database.query(handle -> handle.isClosed());
            } catch (RuntimeException e) {
                log.warn("The database was not connected after a restore", e);
            }
        });
        try {
            redis.commands();
        } catch (RuntimeException e) {
            log.warn("Redis was not connected after a restore", e);
        }
        try {
            toDatabase.join(CONNECTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets go of everything that a copy of this process must not share: sockets and the snowflake worker. What is used
     * next opens and leases anew, so this serves before a snapshot as well as at the end.
     */
    @Override
    public void close() {
        snowflakes.forget();
        poster.close();
        aws.close();
        content.clusters().close();
        if (readers != null) {
            readers.close();
        }
        redis.close();
    }

    /**
     * Ends this system for good, as the crash of its process would: what still runs in it fails, nothing that it leased is
     * given back, and nothing opens again.
     */
    public void halt() {
        // Posts first: what fails in the stores must not reach a client any more.
        management.halt();
        content.clusters().halt();
        if (readers != null) {
            readers.halt();
        }
        redis.halt();
        aws.halt();
    }

    /** What makes the changes that a transaction hands over to another cluster, by their kind. */
    public static Map<Kind, Handler> deferredChanges() {
        Map<Kind, Handler> handlers = new EnumMap<>(Kind.class);
        handlers.putAll(DeferredMessages.handlers());
        handlers.put(Kind.AUDIT_LOG_ENTRY, AuditLog::appendDeferred);
        handlers.put(Kind.THREAD_COUNT, ThreadActivity::count);
        return handlers;
    }

    private void revoked(Snowflake userId, List<String> digests) {
        sessions.revoked(userId, digests);
    }

    private void signedOut(Snowflake userId, List<String> digests) {
        tokens.evict(digests);
        sessions.endOfTokens(userId, digests);
    }

    private void askDatabase() {
        database.query(handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
    }

    private static boolean answers(Runnable question) {
        try {
            question.run();
            return true;
        } catch (RuntimeException e) {
            log.warn("A store is away", e);
            return false;
        }
    }
}
