package dev.parley.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPlacesTest {

    private static final Snowflake GUILD = new Snowflake(1);
    private static final Snowflake CHANNEL = new Snowflake(2);
    private static final Snowflake PARENT = new Snowflake(3);
    private static final Snowflake USER = new Snowflake(4);

    @Test
    void aMessageIsAWriteToItsChannelAndNotToTheGuild() {
        Event event = event(
                DispatchType.MESSAGE_CREATE,
                new Audience.Guild(GUILD, CHANNEL),
                Json.object().put("channel_id", CHANNEL.toString()).put("guild_id", GUILD.toString()));

        assertThat(EventPlaces.of(List.of(event))).containsExactly(CHANNEL);
    }

    @Test
    void aReactionIsOneToItsChannel() {
        Event event = event(
                DispatchType.MESSAGE_REACTION_ADD,
                new Audience.DirectMessage(CHANNEL, List.of(USER), false),
                Json.object().put("channel_id", CHANNEL.toString()));

        assertThat(EventPlaces.of(List.of(event))).containsExactly(CHANNEL);
    }

    @Test
    void aThreadIsOneToTheChannelThatItIsIn() {
        Event event = event(
                DispatchType.THREAD_CREATE,
                new Audience.Guild(GUILD, CHANNEL),
                Json.object().put("parent_id", PARENT.toString()));

        assertThat(EventPlaces.of(List.of(event))).containsExactlyInAnyOrder(GUILD, CHANNEL, PARENT);
    }

    @Test
    void anEntryOfTheAuditLogAndAMemberAreOnesToTheGuild() {
        Event entry = event(
                DispatchType.GUILD_AUDIT_LOG_ENTRY_CREATE, new Audience.Privileged(GUILD, null, 1), Json.object());
        Event member = event(DispatchType.GUILD_MEMBER_UPDATE, new Audience.Guild(GUILD, null), Json.object());

        assertThat(EventPlaces.of(List.of(entry))).containsExactly(GUILD);
        assertThat(EventPlaces.of(List.of(member))).containsExactly(GUILD);
    }

    @Test
    void aProfileIsOneToTheUser() {
        Event event = event(DispatchType.USER_UPDATE, new Audience.User(USER, null), Json.object());

        assertThat(EventPlaces.of(List.of(event))).containsExactly(USER);
    }

    @Test
    void whatTheDataLeavesOpenIsNoPlace() {
        Event event = event(
                DispatchType.CHANNEL_UPDATE,
                new Audience.Guild(GUILD, CHANNEL),
                Json.object().putNull("parent_id"));

        assertThat(EventPlaces.of(List.of(event))).containsExactlyInAnyOrder(GUILD, CHANNEL);
    }

    private static Event event(DispatchType type, Audience audience, ObjectNode data) {
        return new Event(new Snowflake(9), type, audience, data);
    }
}
