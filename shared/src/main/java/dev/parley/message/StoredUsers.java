package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

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

    /** Shows the users of messages that were read; no statement is needed where there are none. */
    static List<Message> shown(Handle handle, List<Message> messages) {
        Set<Snowflake> ids = new HashSet<>();
        messages.forEach(message -> visit(message.extra(), user -> ids.add(id(user))));
        if (!ids.isEmpty()) {
            Map<Snowflake, User> users = Accounts.users(handle, ids);
            messages.forEach(message -> visit(message.extra(), stored -> {
                User user = users.get(id(stored));
                if (user != null) {
                    stored.setAll((ObjectNode) Json.tree(user));
                }
            }));
        }
        return messages;
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
