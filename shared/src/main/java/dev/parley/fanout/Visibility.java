package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.channel.ChannelVisibility;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Intent;
import dev.parley.session.Recipient;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /**
     * The sessions that get an event of a guild, or of one of its channels.
     *
     * @param version the guild's version, read after the event was committed
     */
    List<Recipient> ofGuild(Event event, Audience.Guild guild, long version, List<Recipient> candidates) {
        Snowflake channelId = guild.channelId();
        return interested(
                event,
                candidates,
                users -> channelId == null
                        ? channels.members(guild.guildId(), version, users)
                        : channels.seeing(guild.guildId(), version, channelId, users));
    }

    /**
     * The sessions that get an event for those who have permissions.
     *
     * @param version the guild's version, read after the event was committed
     */
    List<Recipient> ofPrivileged(
            Event event, Audience.Privileged privileged, long version, List<Recipient> candidates) {
        return interested(
                event,
                candidates,
                users -> channels.having(
                        privileged.guildId(), version, privileged.channelId(), privileged.permissions(), users));
    }

    /**
     * The sessions of members that an event is for.
     *
     * @param version the guild's version, read after the event was committed
     */
    List<Recipient> ofSelected(Event event, Audience.Selected selected, long version, List<Recipient> candidates) {
        Set<Snowflake> named = Set.copyOf(selected.userIds());
        Snowflake guildId = selected.guildId();
        Snowflake channelId = selected.channelId();
        List<Recipient> possible = selected.orPermissions() != 0
                ? candidates
                : candidates.stream()
                        .filter(recipient -> named.contains(recipient.userId()))
                        .toList();
        return interested(event, possible, users -> {
            Predicate<Snowflake> seeing = channelId == null
                    ? channels.members(guildId, version, users)
                    : channels.seeing(guildId, version, channelId, users);
            Predicate<Snowflake> having = selected.orPermissions() == 0
                    ? user -> false
                    : channels.having(guildId, version, channelId, selected.orPermissions(), users);
            return user -> seeing.test(user) && (named.contains(user) || having.test(user));
        });
    }

    private static List<Recipient> interested(
            Event event, List<Recipient> candidates, Function<Set<Snowflake>, Predicate<Snowflake>> passing) {
        List<Recipient> interested = candidates.stream()
                .filter(recipient -> wants(event, event.type().inGuild(), recipient))
                .toList();
        if (interested.isEmpty()) {
            return interested;
        }
        Predicate<Snowflake> passes = passing.apply(users(interested));
        return interested.stream()
                .filter(recipient -> passes.test(recipient.userId()))
                .toList();
    }

    /** The sessions that get an event of a direct-message channel. */
    List<Recipient> ofDirectMessage(Event event, Audience.DirectMessage direct, List<Recipient> candidates) {
        return candidates.stream()
                .filter(Recipient::coversDirectMessages)
                .filter(recipient ->
                        direct.personal() || wants(event, event.type().inDirectMessage(), recipient))
                .toList();
    }

    /** The sessions that hear of a guild as such. */
    List<Recipient> withGuilds(Collection<Recipient> candidates) {
        return candidates.stream()
                .filter(recipient -> Intent.GUILDS.in(recipient.intents()))
                .toList();
    }

    /**
     * What a session gets of a channel whose overwrites have changed; null for nothing.
     *
     * @param version the guild's version, read after the change was committed
     */
    Changed changed(Event event, Audience.ChannelChange change, long version, List<Recipient> interested) {
        Set<Snowflake> users = users(interested);
        Predicate<Snowflake> before = channels.seeing(change.guildId(), version, change.before(), users);
        Predicate<Snowflake> after = channels.seeing(change.guildId(), version, change.channelId(), users);
        return recipient -> {
            boolean saw = before.test(recipient.userId());
            if (event.type() == DispatchType.THREAD_LIST_SYNC) {
                return !saw && after.test(recipient.userId()) ? event.type() : null;
            }
            if (after.test(recipient.userId())) {
                return saw ? event.type() : DispatchType.CHANNEL_CREATE;
            }
            return saw ? DispatchType.CHANNEL_DELETE : null;
        };
    }

    /** What a session gets; null for nothing. */
    @FunctionalInterface
    interface Changed {

        @Nullable DispatchType typeFor(Recipient recipient);
    }

    /** A member hears of its own changes without asking (Discord documentation, "Gateway Intents", caveats). */
    private static boolean wants(Event event, @Nullable Intent intent, Recipient recipient) {
        return intent == null
                || intent.in(recipient.intents())
                || isOwn(event, recipient.userId().toString(), recipient.intents());
    }

    private static boolean isOwn(Event event, String userId, long intents) {
        JsonNode data = event.data();
        return switch (event.type()) {
            case GUILD_MEMBER_UPDATE -> data.path("user").path("id").asText().equals(userId);
            case THREAD_MEMBERS_UPDATE ->
                Intent.GUILDS.in(intents)
                        && (data.path("added_members")
                                        .findValuesAsText("user_id")
                                        .contains(userId)
                                || contains(data.path("removed_member_ids"), userId));
            default -> false;
        };
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode node : list) {
            if (node.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Snowflake> users(List<Recipient> recipients) {
        Set<Snowflake> users = new HashSet<>();
        recipients.forEach(recipient -> users.add(recipient.userId()));
        return users;
    }
}
