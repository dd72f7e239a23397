package dev.parley.fanout;

import dev.parley.channel.ChannelVisibility;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Intent;
import dev.parley.session.Recipient;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the sessions that could get an event do: by intent, and by what the user may see.
 *
 * <p>Thread-safe.
 */
final class Visibility {

    private final ChannelVisibility channels;

    Visibility(ChannelVisibility channels) {
        this.channels = channels;
    }

    /** The sessions that get an event. */
    List<Recipient> filter(Event event, List<Recipient> candidates) {
        return switch (event.audience()) {
            case Audience.Guild guild -> {
                List<Recipient> interested = withIntent(event.type().inGuild(), candidates);
                Snowflake channelId = guild.channelId();
                yield channelId == null ? interested : seeing(guild.guildId(), channelId, interested);
            }
            case Audience.DirectMessage direct ->
                direct.personal() ? candidates : withIntent(event.type().inDirectMessage(), candidates);
            case Audience.Departed _, Audience.ChannelChange _, Audience.GuildGone _, Audience.GuildBack _ -> List.of();
            case Audience.Member member -> withIntent(DispatchType.GUILD_CREATE.inGuild(), candidates);
        };
    }

    private List<Recipient> seeing(Snowflake guildId, Snowflake channelId, List<Recipient> recipients) {
        Set<Snowflake> users = new HashSet<>();
        recipients.forEach(recipient -> users.add(recipient.userId()));
        if (users.isEmpty()) {
            return recipients;
        }
        Set<Snowflake> seeing = channels.whoSees(guildId, channelId, users);
        return seeing.size() == users.size()
                ? recipients
                : recipients.stream()
                        .filter(recipient -> seeing.contains(recipient.userId()))
                        .toList();
    }

    private static List<Recipient> withIntent(@Nullable Intent intent, List<Recipient> recipients) {
        return intent == null
                ? recipients
                : recipients.stream()
                        .filter(recipient -> intent.in(recipient.intents()))
                        .toList();
    }
}
