package dev.parley.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The emoji that a client asks for (Discord documentation, "Create Guild Emoji" and "Modify Guild Emoji"). */
final class EmojiForm {

    private static final int MAX_ROLES = 250;
    private static final Pattern NAME = Pattern.compile("\\w+");

    private EmojiForm() {}

    /**
     * A new emoji.
     *
     * @param roles may name what is no role
     */
    record New(String name, Image image, List<Snowflake> roles) {}

    /**
     * What changes.
     *
     * @param name null leaves it
     * @param roles null leaves them
     */
    record Change(@Nullable String name, @Nullable List<Snowflake> roles) {}

    /**
     * Reads a new emoji.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    static New create(Form form) {
        String name = form.requiredText("name", 2, 32);
        checkName(form, name);
        Image image = Image.read(form, "image", Images.MAX_EMOJI_BYTES);
        if (!form.has("image") || form.raw("image").isNull()) {
            form.required("image");
        }
        List<Snowflake> roles = roles(form);
        form.check();
        return new New(name, Objects.requireNonNull(image), roles == null ? List.of() : roles);
    }

    /**
     * Reads a change.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    static Change modify(Form form) {
        String name = form.optionalText("name", 2, 32);
        if (name != null) {
            checkName(form, name);
        }
        List<Snowflake> roles = form.has("roles") ? roles(form) : null;
        boolean cleared = form.has("roles") && form.raw("roles").isNull();
        form.check();
        return new Change(name, cleared ? List.of() : roles);
    }

    private static void checkName(Form form, String name) {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            form.error("name", "STRING_TYPE_REGEX", "String value did not match validation regex.");
        }
    }

    private static @Nullable List<Snowflake> roles(Form form) {
        JsonNode sent = form.raw("roles");
        if (sent.isMissingNode() || sent.isNull()) {
            return null;
        }
        Set<Snowflake> roles = new LinkedHashSet<>();
        for (JsonNode node : sent) {
            Snowflake id = Snowflake.parseOrNull(node.asText());
            if (id != null) {
                roles.add(id);
            }
        }
        if (!sent.isArray() || sent.size() > MAX_ROLES || roles.size() != sent.size()) {
            form.error("roles", "LIST_TYPE_CONVERT", "Must be a list of at most 250 different roles.");
        }
        return List.copyOf(roles);
    }
}
