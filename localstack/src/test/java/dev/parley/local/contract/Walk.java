package dev.parley.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** People in a guild who call one operation after another, and which of them were answered as described. */
final class Walk {

    /** One pixel. */
    static final String IMAGE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
            + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    final LocalCloud cloud;
    final RestClient rest;
    final People people;
    final Person owner;
    final Person guest;
    final Place place;
    final String guild;
    final String channel;
    final Person bot;

    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    Walk(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl(), "v10", this::note);
        people = new People(rest);
        owner = people.user();
        guest = people.user();
        place = people.guild(owner);
        guild = "/guilds/" + place.guildId();
        channel = "/channels/" + place.channelId();
        people.join(place, owner, List.of(guest));
        bot = people.bot(owner, place);
    }

    private void note(Contract.Checked checked) {
        (checked.success() ? succeeded : refused).add(checked.operation());
    }

    /** Calls an operation that succeeds. */
    JsonNode call(String operation, Person who, @Nullable Object body) {
        String[] parts = operation.split(" ", 2);
        RestClient.Reply reply = rest.send(parts[0].toUpperCase(Locale.ROOT), parts[1], who.token(), body);
        if (reply.status() >= 300) {
            throw new AssertionError(operation + " answers " + reply.status() + " " + reply.body());
        }
        return reply.body();
    }

    /** Calls an operation without a body that succeeds. */
    JsonNode call(String operation, Person who) {
        return call(operation, who, null);
    }

    /** Calls an operation that makes something, and gives its id. */
    String make(String operation, Person who, String json) {
        return call(operation, who, Json.parse(json)).path("id").asText();
    }

    /** Calls an operation with a body that succeeds. */
    JsonNode send(String operation, Person who, String json) {
        return call(operation, who, Json.parse(json));
    }

    /** Calls an operation in a version of the API that does not exist. */
    void inNoVersion(String method, String path) {
        new RestClient(cloud.baseUrl(), "v0", this::note).send(method, path, owner.token(), null);
    }

    Set<String> succeeded() {
        return succeeded;
    }

    Set<String> refused() {
        return refused;
    }
}
