package dev.parley.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.interaction.FollowUps;
import dev.parley.message.MessageDeletes;
import dev.parley.message.MessageDraft;
import dev.parley.message.MessageEdits;
import dev.parley.message.MessageFlags;
import dev.parley.message.MessagePlace;
import dev.parley.message.MessageType;
import dev.parley.message.Messages;
import dev.parley.message.PostedFiles;
import dev.parley.message.PostedMessage;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * What comes through webhooks, and through the tokens of interactions, which are used in the same way (Discord documentation,
 * "Execute Webhook"). Who has a token may post without being a member, and change and delete what came through it. Slow mode
 * does not concern webhooks.
 *
 * <p>A message may be signed with another name. Another avatar is accepted and not shown: Parley fetches nothing from
 * addresses that somebody names.
 *
 * <p>Thread-safe.
 */
public final class WebhookMessages {

    private static final int SETTABLE = MessageFlags.SUPPRESS_EMBEDS | MessageFlags.SUPPRESS_NOTIFICATIONS;
    private static final int MAX_URL = 2048;

    private final Database database;
    private final Webhooks webhooks;
    private final Messages messages;
    private final MessageEdits edits;
    private final MessageDeletes deletes;
    private final FollowUps followUps;

    public WebhookMessages(
            Database database,
            Webhooks webhooks,
            Messages messages,
            MessageEdits edits,
            MessageDeletes deletes,
            FollowUps followUps) {
        this.database = database;
        this.webhooks = webhooks;
        this.messages = messages;
        this.edits = edits;
        this.deletes = deletes;
        this.followUps = followUps;
    }

    /**
     * Where a message goes or is.
     *
     * @param webhookId a webhook's id, or an application's beside an interaction's token
     * @param threadId a thread of the webhook's channel; null for the channel itself
     */
    public record Through(
            Snowflake webhookId, Secret token, @Nullable Snowflake threadId) {}

    /**
     * Posts a message.
     *
     * @return the message
     * @throws ApiException {@code UNKNOWN_WEBHOOK}; {@code INVALID_WEBHOOK_TOKEN}; {@code UNKNOWN_CHANNEL} if the channel
     *     has no such thread; or if the form is wrong
     */
    public ObjectNode create(Through through, Form form) {
        Webhook webhook = webhook(through);
        if (webhook == null) {
            return followUps.create(through.webhookId(), through.token(), form);
        }
        String name = WebhookForm.name(form, "username");
        form.optionalText("avatar_url", 0, MAX_URL);
        MessageDraft draft = MessageDraft.read(form, SETTABLE);
        MessagePlace place = place(webhook, through);
        User author = User.of(webhook.id(), name == null ? webhook.name() : name, null, webhook.avatar(), true);
        PostedFiles files = messages.storeFiles(form, place.channelId(), webhook.id());
        return messages.post(new PostedMessage(
                place.channelId(),
                place.guildId(),
                place.audience(),
                author,
                MessageType.DEFAULT,
                draft,
                true,
                null,
                null,
                extra(webhook, author),
                files));
    }

    /**
     * Posts a message that was written for Slack.
     *
     * @throws ApiException as {@link #create}
     */
    public void createSlack(Through through, Form form) {
        create(through, SlackMessage.translate(form));
    }

    /**
     * A message that came through.
     *
     * @param messageId null for an interaction's first answer
     * @throws ApiException as {@link #create}; {@code UNKNOWN_MESSAGE}
     */
    public ObjectNode get(Through through, @Nullable Snowflake messageId) {
        Webhook webhook = webhook(through);
        return webhook == null
                ? followUps.get(through.webhookId(), through.token(), messageId)
                : messages.getPosted(place(webhook, through), required(messageId), webhook.id());
    }

    /**
     * Changes a message that came through.
     *
     * @param messageId null for an interaction's first answer
     * @return the message as it is now
     * @throws ApiException as {@link #get}; or if the form is wrong
     */
    public ObjectNode edit(Through through, @Nullable Snowflake messageId, Form form) {
        Webhook webhook = webhook(through);
        return webhook == null
                ? followUps.edit(through.webhookId(), through.token(), messageId, form)
                : edits.editPosted(place(webhook, through), required(messageId), webhook.id(), form);
    }

    /**
     * Deletes a message that came through.
     *
     * @param messageId null for an interaction's first answer
     * @throws ApiException as {@link #get}
     */
    public void delete(Through through, @Nullable Snowflake messageId) {
        Webhook webhook = webhook(through);
        if (webhook == null) {
            followUps.delete(through.webhookId(), through.token(), messageId);
        } else {
            deletes.deletePosted(place(webhook, through), required(messageId), webhook.id());
        }
    }

    /** The webhook; null if there is none with the id, which then may be an application's. */
    private @Nullable Webhook webhook(Through through) {
        try {
            return webhooks.require(through.webhookId(), through.token());
        } catch (ApiException e) {
            if (e.code() == ErrorCode.UNKNOWN_WEBHOOK) {
                return null;
            }
            throw e;
        }
    }

    private MessagePlace place(Webhook webhook, Through through) {
        Snowflake threadId = through.threadId();
        if (threadId == null) {
            return MessagePlace.inGuild(webhook.guildId(), webhook.channelId());
        }
        if (!database.query(handle -> WebhookRows.hasThread(handle, webhook, threadId))) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
        return MessagePlace.inGuild(webhook.guildId(), threadId);
    }

    /** A webhook has no {@code @original}. */
    private static Snowflake required(@Nullable Snowflake messageId) {
        if (messageId == null) {
            throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
        }
        return messageId;
    }

    private static ObjectNode extra(Webhook webhook, User author) {
        ObjectNode extra = Json.object();
        extra.put("webhook_id", webhook.id().toString());
        Snowflake applicationId = webhook.applicationId();
        if (applicationId != null) {
            extra.put("application_id", applicationId.toString());
        }
        ObjectNode shown = (ObjectNode) Json.tree(author);
        // What is no user has the discriminator that no user has.
        shown.put("discriminator", "0000");
        extra.set("author", shown);
        return extra;
    }
}
