package dev.parley.automod;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.ChannelAccess;
import dev.parley.fanout.Event;
import dev.parley.guild.Member;
import dev.parley.guild.Members;
import dev.parley.message.MessageDraft;
import dev.parley.message.MessageType;
import dev.parley.message.Messages;
import dev.parley.message.PostedMessage;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * What rules do beside blocking (Discord documentation, "Action Types"). Everything runs in the caller's transaction; what it
 * gives is to be published after the commit.
 *
 * <p>Thread-safe.
 */
public final class AutoModActions {

    private final Members members;
    private final Supplier<Messages> messages;

    /** @param messages asked for when the first alert is sent: messages themselves are reviewed */
    public AutoModActions(Members members, Supplier<Messages> messages) {
        this.members = members;
        this.messages = messages;
    }

    /**
     * What was said.
     *
     * @param access who said it where
     * @param blocked whether it comes no further
     */
    record Said(ChannelAccess access, String content, boolean blocked) {}

    /** Tells a channel what was said, in a message of who has said it; nothing if the channel is gone. */
    Optional<Messages.Posted> alert(
            Handle transaction, AutoModRule rule, Trigger.Match match, Snowflake channelId, Said said) {
        if (!isThere(transaction, rule.guildId(), channelId)) {
            return Optional.empty();
        }
        Member author = Objects.requireNonNull(said.access().member());
        PostedMessage alert =
                PostedMessage.system(rule.guildId(), channelId, author.user(), MessageType.AUTO_MODERATION_ACTION);
        ArrayNode embeds = Json.array().add(embed(rule, match, said));
        return Optional.of(messages.get()
                .post(transaction, alert.saying(MessageDraft.saying("").withEmbeds(embeds))));
    }

    /** Times out who has said it; nothing if that changes nothing. The caller has the guild's row. */
    List<Event> timeOut(Handle transaction, AutoModRule rule, int seconds, Said said) {
        return members.timeOut(transaction, rule.guildId(), said.access().userId(), Duration.ofSeconds(seconds));
    }

    /** Takes the channel, so that it stays until the alert is in it. */
    private static boolean isThere(Handle handle, Snowflake guildId, Snowflake channelId) {
        return handle.select(
                        "SELECT id FROM channels WHERE id = ? AND guild_id = ? AND type <> 4 FOR KEY SHARE",
                        channelId.value(),
                        guildId.value())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** As Discord's clients read it; it is not documented. */
    private static ObjectNode embed(AutoModRule rule, Trigger.Match match, Said said) {
        ObjectNode embed = Json.object();
        embed.put("type", "auto_moderation_message");
        embed.put("description", said.content());
        ArrayNode fields = embed.putArray("fields");
        field(fields, "rule_name", rule.name());
        field(fields, "channel_id", said.access().channel().id().toString());
        field(fields, "decision_outcome", said.blocked() ? "blocked" : "flagged");
        String keyword = match.keyword();
        if (keyword != null) {
            field(fields, "keyword", keyword);
        }
        String content = match.content();
        if (content != null) {
            field(fields, "keyword_matched_content", content);
        }
        return embed;
    }

    private static void field(ArrayNode fields, String name, String value) {
        fields.addObject().put("name", name).put("value", value).put("inline", false);
    }
}
