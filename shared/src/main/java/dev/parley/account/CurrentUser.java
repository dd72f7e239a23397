package dev.parley.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * A user as that user sees itself.
 *
 * @param email null for bots
 */
public record CurrentUser(User user, @Nullable String email) {

    /** The user object with the fields that only its owner gets. */
    public ObjectNode body() {
        ObjectNode body = (ObjectNode) Json.tree(user);
        body.put("email", email);
        // Parley sends no mail, so every address counts as verified: clients hide features from unverified accounts.
        body.put("verified", true);
        body.put("mfa_enabled", false);
        body.put("locale", "en-US");
        body.put("flags", 0);
        body.put("premium_type", 0);
        body.putNull("banner");
        body.putNull("accent_color");
        return body;
    }
}
