package dev.parley.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.application.Command;
import dev.parley.application.CommandIndex;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.message.MessageType;
import dev.parley.message.Messages;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What users ask of applications: they use commands, components of messages and modals, and the application's bot hears of
 * it (Discord documentation, "Receiving and Responding to Interactions").
 *
 * <p>Thread-safe.
 */
public final class Interactions {

    private static final int TOKEN_BYTES = 48;

    /** The largest file that an answer may carry (same page, {@code attachment_size_limit}). */
    private static final int ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Supplier<SecureRandom> random;
    private final Accounts accounts;
    private final Guilds guilds;
    private final Channels channels;
    private final Messages messages;
    private final CommandIndex commands;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Interactions(
            Database database,
            SnowflakeGenerator ids,
            Supplier<SecureRandom> random,
            Accounts accounts,
            Guilds guilds,
            Channels channels,
            Messages messages,
            CommandIndex commands,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.random = random;
        this.accounts = accounts;
        this.guilds = guilds;
        this.channels = channels;
        this.messages = messages;
        this.commands = commands;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /** A question that is ready to be asked: what the application gets, and what is kept. */
    private record Question(
            ObjectNode data,
            @Nullable ObjectNode message,
            @Nullable Snowflake messageId,
            ObjectNode origin,
            @Nullable Snowflake modalOf) {}

    /**
     * Asks an application for a user. What the application answers comes by the gateway.
     *
     * @throws ApiException {@code BOTS_CANNOT_USE}; as {@link Channels#access}; {@code UNKNOWN_COMMAND}, {@code
     *     UNKNOWN_MESSAGE} or {@code UNKNOWN_INTERACTION} if there is nothing of the kind there; {@code
     *     MISSING_PERMISSIONS}; or if the form is wrong
     */
    public void create(Snowflake userId, Form form) {
        User user = accounts.user(userId);
        if (user.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        InteractionForm sent = InteractionForm.read(form);
        ChannelAccess access = channels.access(sent.channelId(), userId);
        Snowflake guildId = access.channel().guildId();
        if (sent.guildId() != null && !sent.guildId().equals(guildId)) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
        Resolved resolved = new Resolved(database, accounts, channels, guilds, access);
        Snowflake id = ids.next();
        ObjectNode origin = Json.object();
        origin.put("nonce", sent.nonce());
        ObjectNode metadata = origin.putObject("metadata");
        metadata.put("id", id.toString());
        metadata.put("type", sent.type() == Interaction.AUTOCOMPLETE ? Interaction.COMMAND : sent.type());
        metadata.set("user", Json.tree(user));
        metadata.set("authorizing_integration_owners", owners(guildId));
        origin.put("message_type", MessageType.DEFAULT);
        Question question = switch (sent.type()) {
            case Interaction.COMPONENT -> component(sent, access, origin, resolved);
            case Interaction.MODAL -> modal(sent, access, origin, resolved);
            default -> command(sent, access, origin, resolved);
        };
        Secret token = token();
        Interaction interaction = new Interaction(
                id,
                sent.applicationId(),
                userId,
                guildId,
                sent.channelId(),
                sent.type(),
                question.messageId(),
                question.origin(),
                Interaction.WAITING,
                0,
                null);
        Event event = new Event(
                ids.next(),
                DispatchType.INTERACTION_CREATE,
                new Audience.User(sent.applicationId(), guildId),
                body(interaction, access, question, user, token));
        database.transaction(handle -> {
            Snowflake modalOf = question.modalOf();
            if (modalOf != null
                    && !InteractionRows.move(handle, modalOf, Interaction.ASKED_BACK, Interaction.ANSWERED)) {
                throw new ApiException(ErrorCode.UNKNOWN_INTERACTION);
            }
            InteractionRows.insert(handle, interaction, token);
            outbox.add(handle, event);
            return id;
        });
        publisher.publish(event);
    }

    private Question command(InteractionForm sent, ChannelAccess access, ObjectNode origin, Resolved resolved) {
        Snowflake commandId = sent.id("id");
        if (commandId == null) {
            throw new ApiException(ErrorCode.UNKNOWN_COMMAND);
        }
        Command command = commands.usable(access, sent.applicationId(), commandId);
        if (sent.data().hasNonNull("version")
                && !sent.data()
                        .path("version")
                        .asText()
                        .equals(command.version().toString())) {
            throw Form.refusal(
                    "data",
                    "INTERACTION_APPLICATION_COMMAND_INVALID_VERSION",
                    "This command is outdated, please try again in a few minutes");
        }
        boolean unfinished = sent.type() == Interaction.AUTOCOMPLETE;
        ObjectNode data = Json.object();
        data.put("id", command.id().toString());
        data.put("name", command.name());
        data.put("type", command.type());
        if (command.guildId() != null) {
            data.put("guild_id", command.guildId().toString());
        }
        CommandValues values = new CommandValues(command.name(), resolved, unfinished);
        if (command.type() == Command.CHAT_INPUT) {
            ArrayNode options = values.read(
                    command.definition().path("options"), sent.data().path("options"));
            if (!options.isEmpty()) {
                data.set("options", options);
            }
        } else {
            target(command, sent, access, (ObjectNode) origin.path("metadata"), resolved);
            data.set("target_id", sent.data().path("target_id"));
        }
        if (!resolved.body().isEmpty()) {
            data.set("resolved", resolved.body());
        }
        JsonNode focused = values.focused();
        if (focused != null) {
            origin.set("choice_type", focused.path("type"));
        }
        origin.put(
                "message_type",
                command.type() == Command.CHAT_INPUT
                        ? MessageType.CHAT_INPUT_COMMAND
                        : MessageType.CONTEXT_MENU_COMMAND);
        ObjectNode interaction = origin.putObject("interaction");
        interaction.setAll((ObjectNode) origin.path("metadata"));
        interaction.retain("id", "type", "user");
        interaction.put("name", values.fullName());
        return new Question(data, null, null, origin, null);
    }

    private void target(
            Command command, InteractionForm sent, ChannelAccess access, ObjectNode metadata, Resolved resolved) {
        Snowflake targetId = sent.id("target_id");
        if (targetId == null) {
            throw Form.refusal("data", "BASE_TYPE_REQUIRED", "The target_id is required");
        }
        if (command.type() == Command.MESSAGE) {
            resolved.message(targetId, messages.get(access.channel().id(), targetId, access.userId()));
            metadata.put("target_message_id", targetId.toString());
        } else {
            if (!resolved.user(targetId)) {
                throw new ApiException(ErrorCode.UNKNOWN_USER);
            }
            metadata.set("target_user", Json.tree(accounts.user(targetId)));
        }
    }

    private Question component(InteractionForm sent, ChannelAccess access, ObjectNode origin, Resolved resolved) {
        Snowflake messageId = Objects.requireNonNull(sent.messageId());
        ObjectNode message = message(sent.applicationId(), messageId, access);
        ObjectNode data = Components.read(message.path("components"), sent.data(), resolved);
        ((ObjectNode) origin.path("metadata")).put("interacted_message_id", messageId.toString());
        return new Question(data, message, messageId, origin, null);
    }

    /** A message of an application in a channel, be it for the one user alone. */
    private ObjectNode message(Snowflake applicationId, Snowflake messageId, ChannelAccess access) {
        Snowflake channelId = access.channel().id();
        ObjectNode message = database.query(
                        handle -> EphemeralRows.find(handle, messageId, applicationId, access.userId(), channelId))
                .orElseGet(() -> messages.get(channelId, messageId, access.userId()));
        boolean own = message.at("/author/id").asText().equals(applicationId.toString())
                || message.path("application_id").asText().equals(applicationId.toString());
        if (!own) {
            throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
        }
        return message;
    }

    private Question modal(InteractionForm sent, ChannelAccess access, ObjectNode origin, Resolved resolved) {
        Snowflake askedBy = sent.id("id");
        Interaction asked = askedBy == null
                ? null
                : database.query(handle -> InteractionRows.find(handle, askedBy))
                        .filter(one -> one.state() == Interaction.ASKED_BACK
                                && one.userId().equals(access.userId())
                                && one.applicationId().equals(sent.applicationId())
                                && one.channelId().equals(access.channel().id()))
                        .orElse(null);
        if (asked == null) {
            throw new ApiException(ErrorCode.UNKNOWN_INTERACTION);
        }
        ObjectNode data = Modal.filledIn(asked.origin().path("modal"), sent.data(), resolved);
        ((ObjectNode) origin.path("metadata"))
                .set("triggering_interaction_metadata", asked.origin().path("metadata"));
        Snowflake messageId = asked.messageId();
        return new Question(
                data,
                messageId == null ? null : message(sent.applicationId(), messageId, access),
                messageId,
                origin,
                asked.id());
    }

    private ObjectNode body(Interaction interaction, ChannelAccess access, Question question, User user, Secret token) {
        ObjectNode body = Json.object();
        body.put("id", interaction.id().toString());
        body.put("application_id", interaction.applicationId().toString());
        body.put("type", interaction.type());
        body.set("data", question.data());
        if (question.message() != null) {
            body.set("message", question.message());
        }
        body.put("channel_id", interaction.channelId().toString());
        Channel channel = access.channel();
        Snowflake guildId = interaction.guildId();
        Member member = access.member();
        if (guildId == null || member == null) {
            body.set("channel", channels.get(channel.id(), interaction.applicationId()));
            body.set("user", Json.tree(user));
            body.put("context", 1);
        } else {
            body.put("guild_id", guildId.toString());
            ObjectNode guild = body.putObject("guild");
            guild.put("id", guildId.toString());
            guild.put("locale", "en-US");
            guild.putArray("features");
            ObjectNode place = channel.body();
            place.remove("permission_overwrites");
            place.put("permissions", Long.toString(access.permissions()));
            body.set("channel", place);
            body.set("member", member.body().put("permissions", Long.toString(access.permissions())));
            body.put("guild_locale", "en-US");
            body.put("context", 0);
        }
        body.put("locale", "en-US");
        body.put("token", token.value());
        body.put("version", 1);
        body.put("app_permissions", Long.toString(permissions(interaction)));
        body.putArray("entitlements");
        body.set("authorizing_integration_owners", owners(guildId));
        body.put("attachment_size_limit", ATTACHMENT_SIZE_LIMIT);
        return body;
    }

    /** What the bot may do in the channel: nothing where it sees none. */
    private long permissions(Interaction interaction) {
        try {
            return channels.access(interaction.channelId(), interaction.applicationId())
                    .permissions();
        } catch (ApiException hidden) {
            return 0;
        }
    }

    /** Who let the application in: the guild, or in direct messages nobody in particular (same page). */
    private static ObjectNode owners(@Nullable Snowflake guildId) {
        return Json.object().put("0", guildId == null ? "0" : guildId.toString());
    }

    private Secret token() {
        byte[] secret = new byte[TOKEN_BYTES];
        random.get().nextBytes(secret);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
}
