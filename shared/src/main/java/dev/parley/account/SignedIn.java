package dev.parley.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;

/** A user who has just registered or signed in. */
public record SignedIn(CurrentUser user, TokenPair tokens) {

    /** The user's own fields at the top level, beside {@code tokens} and, for simple clients, {@code token}. */
    public ObjectNode body() {
        ObjectNode body = user.body();
        body.put("token", tokens.accessToken());
        body.set("tokens", Json.tree(tokens));
        return body;
    }
}
