package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks a member to be (Discord documentation, "Modify Guild Member").
 *
 * @param renamed whether the form has a nick
 * @param nick the nick; null for none
 * @param roles the roles that the member shall have, each once; null if they stay
 * @param timed whether the form says until when the member is timed out
 * @param timedOutUntil until when; null for a member who may act again
 */
record MemberForm(
        boolean renamed,
        @Nullable String nick,
        @Nullable List<Snowflake> roles,
        boolean timed,
        @Nullable Instant timedOutUntil) {

    private static final int MAX_NICK = 32;

    /**
     * Reads a form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static MemberForm read(Form form) {
        String nick = form.optionalText("nick", 0, MAX_NICK);
        List<Snowflake> roles = roles(form);
        Instant timedOutUntil = form.optionalInstant("communication_disabled_until");
        form.check();
        String stripped = nick == null ? "" : nick.strip();
        return new MemberForm(
                form.has("nick"),
                stripped.isEmpty() ? null : stripped,
                roles,
                form.has("communication_disabled_until"),
                timedOutUntil);
    }

    /** The nick alone: what a member may ask for itself. */
    MemberForm nickOnly() {
        return new MemberForm(renamed, nick, null, false, null);
    }

    private static @Nullable List<Snowflake> roles(Form form) {
        JsonNode list = form.raw("roles");
        if (list.isMissingNode() || list.isNull()) {
            return null;
        }
        Set<Snowflake> roles = new LinkedHashSet<>();
        // One more than there can be: some clients name the role of everyone, too.
        if (!list.isArray() || list.size() > Roles.MAX_ROLES + 1) {
            form.error("roles", "BASE_TYPE_BAD_LENGTH", "Must be a list of 250 or fewer.");
            return null;
        }
        for (JsonNode node : list) {
            Snowflake id = Snowflake.parseOrNull(node.asText());
            if (id == null) {
                form.error("roles", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
                return null;
            }
            roles.add(id);
        }
        return new ArrayList<>(roles);
    }
}
