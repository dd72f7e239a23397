package dev.parley.presence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What others see of a user: all its sessions in one. Immutable, as long as nobody changes the activities.
 *
 * @param status never invisible
 * @param activities the newest first; none while offline
 * @param platforms what the user is on each platform it is on; empty while offline
 */
public record Presence(Status status, ArrayNode activities, SortedMap<Platform, Status> platforms) {

    /** The presence of a user who shows nothing. */
    public static final Presence OFFLINE = new Presence(Status.OFFLINE, Json.array(), new TreeMap<>());

    /** Merges sessions: the highest status counts, on each platform and in all. */
    static Presence of(Collection<SessionPresence> sessions) {
        List<SessionPresence> seen = sessions.stream()
                .filter(session -> session.status().toOthers() != Status.OFFLINE)
                .sorted(Comparator.comparingLong(SessionPresence::at).reversed())
                .toList();
        if (seen.isEmpty()) {
            return OFFLINE;
        }
        TreeMap<Platform, Status> platforms = new TreeMap<>();
        seen.forEach(session -> platforms.merge(session.client(), session.status(), Presence::higher));
        return new Presence(
                platforms.values().stream().reduce(Status.OFFLINE, Presence::higher),
                Activities.fitting(
                        seen.stream().map(SessionPresence::activities).toList()),
                platforms);
    }

    /** Whether others see the user at all. */
    public boolean visible() {
        return status != Status.OFFLINE;
    }

    /** Without what the user does, which is most of its size. */
    public Presence brief() {
        return new Presence(status, Json.array(), platforms);
    }

    /** The presence as clients see it (Discord documentation, "Presence Update"), without a guild. */
    public ObjectNode body(Snowflake userId) {
        ObjectNode body = Json.object();
        body.putObject("user").put("id", userId.toString());
        body.put("status", status.text());
        body.set("activities", activities);
        ObjectNode clientStatus = body.putObject("client_status");
        platforms.forEach((platform, state) -> clientStatus.put(platform.text(), state.text()));
        return body;
    }

    private static Status higher(Status one, Status other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
