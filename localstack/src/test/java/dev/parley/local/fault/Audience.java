package dev.parley.local.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;

/** Somebody who talks and listens in a guild of their own. One thread at a time. */
final class Audience implements AutoCloseable {

    private static final long GUILDS_AND_MESSAGES = 513;

    private final LocalCloud cloud;
    private final People people;
    private final Person person;
    private final Place place;
    private final GatewayClient client;
    private final String sessionId;
    private final long seq;

    /** A new user with a session that has got all that it gets at its start. */
    Audience(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
        person = people.user();
        place = people.guild(person);
        client = GatewayClient.connect(cloud.gatewayUrl());
        client.awaitOp(10);
        client.identify(person.token(), GUILDS_AND_MESSAGES);
        sessionId = client.awaitDispatch("READY").path("d").path("session_id").asText();
        seq = client.awaitDispatch("GUILD_CREATE").path("s").asLong();
    }

    GatewayClient client() {
        return client;
    }

    /** Says something, and gives back the message. */
    JsonNode say(String content) {
        return people.say(person, place.channelId(), content);
    }

    /** The next message frame. */
    JsonNode hear() {
        return client.awaitDispatch("MESSAGE_CREATE");
    }

    /** Resumes the session on a new connection, from where it was at its start. */
    GatewayClient resume() {
        GatewayClient again = GatewayClient.connect(cloud.gatewayUrl());
        again.awaitOp(10);
        again.resume(person.token(), sessionId, seq);
        return again;
    }

    @Override
    public void close() {
        client.close();
    }
}
