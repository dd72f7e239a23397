package dev.parley.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.application.CommandChoices;
import dev.parley.attachment.FileChange;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.message.MessageDraft;
import dev.parley.message.MessageFlags;
import dev.parley.message.PostedFiles;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The first answers of applications (Discord documentation, "Interaction Callback"). There is one for each interaction, and
 * it must come soon; whoever has the interaction's token gives it.
 *
 * <p>Thread-safe.
 */
public final class Callbacks {

    private static final int MESSAGE = 4;
    private static final int DEFERRED_MESSAGE = 5;
    private static final int DEFERRED_UPDATE = 6;
    private static final int UPDATE = 7;
    private static final int CHOICES = 8;
    private static final int MODAL = 9;

    private final Database database;
    private final Accounts accounts;
    private final ResponseMessages responses;
    private final EventPublisher publisher;
    private final Clock clock;
    private final Duration deadline;

    public Callbacks(
            Database database,
            Accounts accounts,
            ResponseMessages responses,
            EventPublisher publisher,
            Clock clock,
            Duration deadline) {
        this.database = database;
        this.accounts = accounts;
        this.responses = responses;
        this.publisher = publisher;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** What was done: the message that it is about, and the events to publish. */
    private record Done(@Nullable ObjectNode message, List<Event> events) {}

    /** What an answer says, and its files, which are stored already. */
    private record Sent(
            Form data,
            @Nullable PostedFiles files,
            @Nullable FileChange change) {}

    /**
     * Answers an interaction.
     *
     * @param form {@code type} and {@code data}
     * @return what the answer has become, as {@code with_response} asks for it
     * @throws ApiException {@code UNKNOWN_INTERACTION}, also when it is too late; {@code
     *     INTERACTION_ALREADY_ACKNOWLEDGED}; {@code UNKNOWN_MESSAGE} if the message to update is gone; or if the form is
     *     wrong
     */
    public ObjectNode answer(Snowflake interactionId, Secret token, Form form) {
        Interaction interaction = database.query(handle -> InteractionRows.find(handle, token))
                .filter(one -> one.id().equals(interactionId) && !isLate(one))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_INTERACTION));
        if (interaction.state() != Interaction.WAITING) {
            throw new ApiException(ErrorCode.INTERACTION_ALREADY_ACKNOWLEDGED);
        }
        int type = type(form, interaction);
        JsonNode sent = form.raw("data");
        Form data = new Form(sent.isMissingNode() || sent.isNull() ? Json.object() : sent, form.files());
        Snowflake messageId = interaction.messageId();
        Sent answer = new Sent(
                data,
                type == MESSAGE ? responses.files(interaction, data) : null,
                type == UPDATE && messageId != null ? responses.files(interaction, messageId, data) : null);
        Done done = database.transaction(handle -> done(handle, interaction, type, answer));
        publisher.publish(done.events());
        return body(interaction, type, done.message());
    }

    private boolean isLate(Interaction interaction) {
        return interaction.id().timestamp().plus(deadline).isBefore(clock.instant());
    }

    private static int type(Form form, Interaction interaction) {
        Integer type = form.optionalInteger("type", 1, MODAL);
        if (type == null) {
            form.required("type");
            form.check();
        }
        int given = Objects.requireNonNullElse(type, 0);
        boolean fits = switch (given) {
            case MESSAGE, DEFERRED_MESSAGE -> interaction.type() != Interaction.AUTOCOMPLETE;
            case DEFERRED_UPDATE, UPDATE -> interaction.messageId() != null;
            case CHOICES -> interaction.type() == Interaction.AUTOCOMPLETE;
            case MODAL -> interaction.type() == Interaction.COMMAND || interaction.type() == Interaction.COMPONENT;
            default -> false;
        };
        if (!fits) {
            throw Form.refusal("type", "BASE_TYPE_CHOICES", "This type does not answer this interaction.");
        }
        return given;
    }

    private Done done(Handle handle, Interaction interaction, int type, Sent answer) {
        Form data = answer.data();
        int state = switch (type) {
            case DEFERRED_MESSAGE -> Interaction.DEFERRED;
            case MODAL -> Interaction.ASKED_BACK;
            default -> Interaction.ANSWERED;
        };
        if (!InteractionRows.move(handle, interaction.id(), Interaction.WAITING, state)) {
            throw new ApiException(ErrorCode.INTERACTION_ALREADY_ACKNOWLEDGED);
        }
        return switch (type) {
            case MESSAGE -> posted(handle, interaction, ResponseMessages.draft(data), answer.files());
            case DEFERRED_MESSAGE -> posted(handle, interaction, ResponseMessages.thinking(isEphemeral(data)), null);
            case CHOICES -> choices(handle, interaction, data);
            case MODAL -> modal(handle, interaction, Modal.read(data));
            default -> updated(handle, interaction, type, answer);
        };
    }

    private static boolean isEphemeral(Form data) {
        Integer flags = data.optionalInteger("flags", 0, Integer.MAX_VALUE);
        data.check();
        return flags != null && (flags & MessageFlags.EPHEMERAL) != 0;
    }

    private Done posted(Handle handle, Interaction interaction, MessageDraft draft, @Nullable PostedFiles files) {
        ResponseMessages.Told posted = responses.post(
                handle,
                interaction,
                responses.message(handle, interaction, draft, false).with(files));
        InteractionRows.respond(handle, interaction.id(), ResponseMessages.id(posted.body()), draft.flags());
        List<Event> events = new ArrayList<>();
        events.add(success(handle, interaction));
        events.addAll(posted.events());
        return new Done(posted.body(), events);
    }

    private Done updated(Handle handle, Interaction interaction, int type, Sent answer) {
        Snowflake messageId = Objects.requireNonNull(interaction.messageId());
        List<Event> events = new ArrayList<>();
        events.add(success(handle, interaction));
        InteractionRows.respond(handle, interaction.id(), messageId, 0);
        if (type == DEFERRED_UPDATE) {
            return new Done(null, events);
        }
        ResponseMessages.Told edited = responses.edit(handle, interaction, messageId, answer.data(), answer.change());
        events.addAll(edited.events());
        return new Done(edited.body(), events);
    }

    private Done choices(Handle handle, Interaction interaction, Form data) {
        ArrayNode choices = CommandChoices.read(
                data, interaction.origin().path("choice_type").asInt());
        ObjectNode body = told(interaction);
        body.set("choices", choices);
        return new Done(
                null,
                List.of(responses.add(
                        handle, DispatchType.APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE, interaction, body)));
    }

    private Done modal(Handle handle, Interaction interaction, ObjectNode modal) {
        ObjectNode origin = interaction.origin().deepCopy();
        origin.set("modal", modal);
        InteractionRows.setOrigin(handle, interaction.id(), origin);
        ObjectNode body = told(interaction);
        body.put("channel_id", interaction.channelId().toString());
        body.setAll(modal);
        ObjectNode application = body.putObject("application");
        application.put("id", interaction.applicationId().toString());
        application.put("name", accounts.user(interaction.applicationId()).username());
        return new Done(
                null,
                List.of(
                        success(handle, interaction),
                        responses.add(handle, DispatchType.INTERACTION_MODAL_CREATE, interaction, body)));
    }

    private Event success(Handle handle, Interaction interaction) {
        return responses.add(handle, DispatchType.INTERACTION_SUCCESS, interaction, told(interaction));
    }

    /** What the user's client knows its question by. */
    private static ObjectNode told(Interaction interaction) {
        ObjectNode body = Json.object();
        body.put("id", interaction.id().toString());
        body.set("nonce", interaction.origin().path("nonce"));
        return body;
    }

    private static ObjectNode body(Interaction interaction, int type, @Nullable ObjectNode message) {
        ObjectNode body = Json.object();
        ObjectNode about = body.putObject("interaction");
        about.put("id", interaction.id().toString());
        about.put("type", interaction.type());
        about.put("channel_id", interaction.channelId().toString());
        if (interaction.guildId() != null) {
            about.put("guild_id", interaction.guildId().toString());
        }
        if (message != null) {
            int flags = message.path("flags").asInt();
            about.set("response_message_id", message.path("id"));
            about.put("response_message_loading", (flags & MessageFlags.LOADING) != 0);
            about.put("response_message_ephemeral", (flags & MessageFlags.EPHEMERAL) != 0);
            ObjectNode resource = body.putObject("resource");
            resource.put("type", type);
            resource.set("message", message);
        }
        return body;
    }
}
