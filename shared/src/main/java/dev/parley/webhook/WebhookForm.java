package dev.parley.webhook;

import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names and avatars of webhooks (Discord documentation, "Create Webhook" and "Usernames and Nicknames"). */
final class WebhookForm {

    private static final int MAX_NAME = 80;
    private static final List<String> FORBIDDEN = List.of("clyde", "discord");

    private WebhookForm() {}

    /**
     * The name of a new webhook.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static String requiredName(Form form) {
        String name = form.requiredText("name", 1, MAX_NAME);
        checkName(form, "name", name);
        form.check();
        return name.strip();
    }

    /**
     * The name that a webhook shall have; its own if the form has none.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static String nameOr(Form form, String name) {
        String wanted = name(form, "name");
        form.check();
        return wanted == null ? name : wanted;
    }

    /** The avatar that a form brings, null if it brings none; mistakes are noted in the form. */
    static @Nullable Image avatar(Form form) {
        return Image.read(form, "avatar", Images.MAX_BYTES);
    }

    /** A name that may be absent or null; mistakes are noted in the form. */
    static @Nullable String name(Form form, String field) {
        String name = form.optionalText(field, 1, MAX_NAME);
        if (name != null) {
            checkName(form, field, name);
        }
        return name == null ? null : name.strip();
    }

    private static void checkName(Form form, String field, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String word : FORBIDDEN) {
            if (lower.contains(word)) {
                form.error(field, "USERNAME_INVALID_CONTAINS", "Username cannot contain \"" + word + "\"");
            }
        }
        if (!name.isEmpty() && name.isBlank()) {
            form.error(field, "BASE_TYPE_REQUIRED", "This field is required");
        }
    }
}
