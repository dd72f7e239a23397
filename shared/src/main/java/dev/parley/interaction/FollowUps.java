package dev.parley.interaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.attachment.FileChange;
import dev.parley.fanout.EventPublisher;
import dev.parley.message.MessageDraft;
import dev.parley.message.PostedFiles;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What applications say after their first answer (Discord documentation, "Followup Messages"), for as long as the
 * interaction's token is good: 15 minutes. The token stands where a webhook's would, beside the application's id.
 *
 * <p>Thread-safe.
 */
public final class FollowUps {

    private static final Duration VALID = Duration.ofMinutes(15);

    private final Database database;
    private final Accounts accounts;
    private final ResponseMessages responses;
    private final EventPublisher publisher;
    private final Clock clock;

    public FollowUps(
            Database database, Accounts accounts, ResponseMessages responses, EventPublisher publisher, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.responses = responses;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Posts another message. The first one after an answer was promised is that answer.
     *
     * @throws ApiException as {@link #get}; or if the form is wrong
     */
    public ObjectNode create(Snowflake applicationId, Secret token, Form form) {
        Interaction interaction = require(applicationId, token);
        Snowflake promised = interaction.state() == Interaction.DEFERRED ? interaction.responseId() : null;
        ResponseMessages.Told answer = promised == null ? null : keep(interaction, promised, form);
        ResponseMessages.Told posted = answer == null ? post(interaction, form) : answer;
        publisher.publish(posted.events());
        return posted.body();
    }

    /** Makes what was promised the answer; null if another call has just done so. */
    private ResponseMessages.@Nullable Told keep(Interaction interaction, Snowflake promised, Form form) {
        FileChange files = responses.files(interaction, promised, form);
        return database.transaction(
                handle -> InteractionRows.move(handle, interaction.id(), Interaction.DEFERRED, Interaction.ANSWERED)
                        ? responses.edit(handle, interaction, promised, form, files)
                        : null);
    }

    private ResponseMessages.Told post(Interaction interaction, Form form) {
        MessageDraft draft = ResponseMessages.draft(form);
        PostedFiles files = responses.files(interaction, form);
        return database.transaction(handle -> responses.post(
                handle,
                interaction,
                responses.message(handle, interaction, draft, true).with(files)));
    }

    /**
     * One of the application's messages in the interaction's channel.
     *
     * @param messageId null for the first answer
     * @throws ApiException {@code UNKNOWN_WEBHOOK} if there is no such application, or it has not answered yet; {@code
     *     INVALID_WEBHOOK_TOKEN}, also when it is too late; {@code UNKNOWN_MESSAGE}
     */
    public ObjectNode get(Snowflake applicationId, Secret token, @Nullable Snowflake messageId) {
        Interaction interaction = require(applicationId, token);
        return responses.get(interaction, messageOr(interaction, messageId));
    }

    /**
     * Changes one of the application's messages.
     *
     * @param messageId null for the first answer
     * @throws ApiException as {@link #get}; or if the form is wrong
     */
    public ObjectNode edit(Snowflake applicationId, Secret token, @Nullable Snowflake messageId, Form form) {
        Interaction interaction = require(applicationId, token);
        Snowflake id = messageOr(interaction, messageId);
        FileChange files = responses.files(interaction, id, form);
        ResponseMessages.Told edited = database.transaction(handle -> {
            if (id.equals(interaction.responseId())) {
                InteractionRows.move(handle, interaction.id(), Interaction.DEFERRED, Interaction.ANSWERED);
            }
            return responses.edit(handle, interaction, id, form, files);
        });
        publisher.publish(edited.events());
        return edited.body();
    }

    /**
     * Deletes one of the application's messages.
     *
     * @param messageId null for the first answer
     * @throws ApiException as {@link #get}
     */
    public void delete(Snowflake applicationId, Secret token, @Nullable Snowflake messageId) {
        Interaction interaction = require(applicationId, token);
        responses.delete(interaction, messageOr(interaction, messageId));
    }

    private static Snowflake messageOr(Interaction interaction, @Nullable Snowflake messageId) {
        Snowflake id = messageId == null ? interaction.responseId() : messageId;
        if (id == null) {
            throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
        }
        return id;
    }

    private Interaction require(Snowflake applicationId, Secret token) {
        Interaction interaction = database.query(handle -> InteractionRows.find(handle, token))
                .filter(one -> one.applicationId().equals(applicationId)
                        && !one.id().timestamp().plus(VALID).isBefore(clock.instant()))
                .orElse(null);
        if (interaction == null) {
            throw new ApiException(isBot(applicationId) ? ErrorCode.INVALID_WEBHOOK_TOKEN : ErrorCode.UNKNOWN_WEBHOOK);
        }
        if (interaction.state() == Interaction.WAITING) {
            throw new ApiException(ErrorCode.UNKNOWN_WEBHOOK);
        }
        return interaction;
    }

    private boolean isBot(Snowflake applicationId) {
        try {
            return accounts.user(applicationId).bot();
        } catch (ApiException unknown) {
            return false;
        }
    }
}
