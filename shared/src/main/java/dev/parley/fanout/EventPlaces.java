package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where events say that something was written. */
final class EventPlaces {

    /** What an event's data may name: its channel, and the one that a thread is in. */
    private static final List<String> CHANNELS = List.of("channel_id", "parent_id");

    private EventPlaces() {}

    /**
     * The channels, guilds and users whose data has changed. What happens in a channel of a guild to its messages is a change
     * of the channel alone.
     */
    static Set<Snowflake> of(List<Event> events) {
        Set<Snowflake> places = new HashSet<>();
        for (Event event : events) {
            for (String name : CHANNELS) {
                JsonNode id = event.data().path(name);
                if (id.isTextual()) {
                    places.add(Snowflake.parse(id.asText()));
                }
            }
            boolean inChannel = event.type().name().startsWith("MESSAGE_");
            switch (event.audience()) {
                case Audience.Guild(Snowflake guild, Snowflake channel) -> add(places, guild, channel, inChannel);
                case Audience.Privileged(Snowflake guild, Snowflake channel, long _) ->
                    add(places, guild, channel, inChannel);
                case Audience.Selected(Snowflake guild, Snowflake channel, List<Snowflake> _, long _) ->
                    add(places, guild, channel, inChannel);
                case Audience.User(Snowflake user, Snowflake guild) -> add(places, user, guild, false);
                case Audience.DirectMessage(Snowflake channel, List<Snowflake> _, boolean _) -> places.add(channel);
                case Audience.Member(Snowflake guild, Snowflake user) -> add(places, guild, user, false);
                case Audience.Departed(Snowflake guild, Snowflake user) -> add(places, guild, user, false);
                case Audience.ChannelChange(Snowflake guild, Snowflake channel, var _) ->
                    add(places, guild, channel, false);
                case Audience.GuildGone(Snowflake guild) -> places.add(guild);
                case Audience.GuildBack(Snowflake guild) -> places.add(guild);
                case Audience.SignedOut(Snowflake _, List<String> _) -> {} // nothing that anybody reads
            }
        }
        return places;
    }

    private static void add(Set<Snowflake> places, Snowflake whole, @Nullable Snowflake part, boolean partAlone) {
        if (part != null) {
            places.add(part);
        }
        if (part == null || !partAlone) {
            places.add(whole);
        }
    }
}
