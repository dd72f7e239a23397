package dev.parley.local.coldstart;

import dev.parley.local.LocalCloud;
import dev.parley.local.RoutedFunction;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A user in a guild, who does what makes functions run: requests and frames of a client, through the gateway and queues. */
final class Clients {

    /** Guilds and messages in them. */
    private static final long INTENTS = 513;

    private static final Set<String> TRIGGERED =
            Set.of("CreateMessage", "ListMessages", "Heartbeat", "Identify", "Fanout");

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private final Person user;
    private final Place place;

    Clients(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
        user = people.user();
        place = people.guild(user);
        people.say(user, place.channelId(), "the first message");
    }

    /** Whether there is something that makes a function run. */
    static boolean trigger(String functionName) {
        return TRIGGERED.contains(functionName);
    }

    /** What makes a function run. */
    Trigger of(String functionName) {
        return switch (functionName) {
            case "CreateMessage" -> () -> people.say(user, place.channelId(), "a message");
            case "ListMessages" -> this::readHistory;
            case "Heartbeat" -> heartbeat();
            case "Identify" -> this::identify;
            case "Fanout" -> delivery();
            default -> throw new IllegalArgumentException("Nothing here makes function " + functionName + " run");
        };
    }

    /** The event of a request that creates a message, for functions that no client can make run. */
    byte[] event() {
        CompletableFuture<byte[]> seen = new CompletableFuture<>();
        byte[] answer = Json.bytes(Json.object().put("statusCode", 503).put("body", "{}"));
        try (RoutedFunction _ = RoutedFunction.route(cloud, "CreateMessage", event -> {
            seen.complete(event);
            return CompletableFuture.completedFuture(answer);
        })) {
            rest.post(
                    "/channels/" + place.channelId() + "/messages",
                    user.token(),
                    Json.object().put("content", "seen"));
        }
        byte[] event = seen.getNow(new byte[0]);
        if (!new String(event, StandardCharsets.UTF_8).contains("seen")) {
            throw new IllegalStateException("The request made no event");
        }
        return event;
    }

    private void readHistory() {
        int messages = rest.get("/channels/" + place.channelId() + "/messages?limit=50", user.token())
                .expect(200)
                .size();
        if (messages == 0) {
            throw new IllegalStateException("The history is empty");
        }
    }

    private void identify() {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);
            client.identify(user.token(), INTENTS);
            client.awaitDispatch("READY");
        }
    }

    private Trigger heartbeat() {
        return new Connected(GatewayClient.ready(cloud.gatewayUrl(), user.token(), INTENTS)) {
            @Override
            public void pull() {
                client.send(1, null);
                client.awaitOp(11);
            }
        };
    }

    private Trigger delivery() {
        return new Connected(GatewayClient.ready(cloud.gatewayUrl(), user.token(), INTENTS)) {
            @Override
            public void pull() {
                String content = UUID.randomUUID().toString();
                people.say(user, place.channelId(), content);
                client.awaitMessage(content);
            }
        };
    }

    private abstract static class Connected implements Trigger {

        final GatewayClient client;

        Connected(GatewayClient client) {
            this.client = client;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
