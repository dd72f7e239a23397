package dev.parley.relationship;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What somebody is to a user.
 *
 * @param type {@link #FRIEND}, {@link #BLOCKED}, {@link #INCOMING} or {@link #OUTGOING}
 * @param since when it became so
 */
record Relationship(User user, int type, Instant since) {

    static final int FRIEND = 1;
    static final int BLOCKED = 2;

    /** Asks to be a friend. */
    static final int INCOMING = 3;

    /** Was asked to be a friend. */
    static final int OUTGOING = 4;

    static Relationship read(ResultSet row) throws SQLException {
        return new Relationship(Accounts.read(row), row.getInt("type"), MemberRows.instant(row, "since"));
    }

    /** As clients of people see it; Discord documents it nowhere. */
    ObjectNode body() {
        ObjectNode body = key();
        body.set("user", Json.tree(user));
        body.put("since", since.toString());
        return body;
    }

    /** What RELATIONSHIP_REMOVE says. */
    ObjectNode key() {
        ObjectNode body = Json.object();
        body.put("id", user.id().toString());
        body.put("type", type);
        body.putNull("nickname");
        return body;
    }
}
