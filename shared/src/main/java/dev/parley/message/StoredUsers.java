package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The users in what only some messages have: who used a command, and who is mentioned in a message that was passed on. They
 * are stored as their ids alone, and shown as they are now; so nothing of a user is left in others' messages when its account
 * is deleted.
 */
final class StoredUsers {

    private StoredUsers() {}

    /** What is stored of {@link Message#extra}. */
    static ObjectNode idsOnly(ObjectNode extra) {
        ObjectNode stored = extra.deepCopy();
        visit(stored, user -> user.retain("id"));
        return stored;
    }

    /** Shows the users of messages that were read, all with one statement. */
    static List<Message> shown(Content content, List<StoredMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        Set<Snowflake> ids = new HashSet<>();
        for (StoredMessage stored : messages) {
            ids.add(stored.message().author().id());
            ids.addAll(stored.mentions());
            visit(stored.message().extra(), user -> ids.add(id(user)));
        }
        Map<Snowflake, User> users = content.inDirectory(directory -> Accounts.users(directory, ids));
        return messages.stream().map(stored -> shown(stored, users)).toList();
    }

    private static Message shown(StoredMessage stored, Map<Snowflake, User> users) {
        Message message = stored.message();
        visit(message.extra(), named -> {
            User user = users.get(id(named));
            if (user != null) {
                named.setAll((ObjectNode) Json.tree(user));
            }
        });
        User author = users.getOrDefault(message.author().id(), message.author());
        return message.of(
                author,
                stored.mentions().stream()
                        .map(users::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static void visit(ObjectNode extra, Consumer<ObjectNode> users) {
        visitInteraction(extra.path("interaction"), users);
        visitInteraction(extra.path("interaction_metadata"), users);
        for (JsonNode snapshot : extra.path("message_snapshots")) {
            snapshot.path("message").path("mentions").forEach(user -> visitUser(user, users));
        }
    }

    private static void visitInteraction(JsonNode interaction, Consumer<ObjectNode> users) {
        visitUser(interaction.path("user"), users);
        visitUser(interaction.path("target_user"), users);
        JsonNode trigger = interaction.path("triggering_interaction_metadata");
        if (trigger.isObject()) {
            visitInteraction(trigger, users);
        }
    }

    private static void visitUser(JsonNode user, Consumer<ObjectNode> users) {
        if (user instanceof ObjectNode object) {
            users.accept(object);
        }
    }

    private static Snowflake id(ObjectNode user) {
        return Snowflake.parse(user.path("id").asText());
    }
}
