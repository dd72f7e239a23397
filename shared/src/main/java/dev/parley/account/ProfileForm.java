package dev.parley.account;

import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.protocol.Form;
import dev.parley.settings.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a user changes of itself (Discord documentation, "Modify Current User"), checked. What is null stays.
 *
 * @param username 2 to 32 characters; of a person letters, digits, underscore, dot, hyphen
 * @param renames whether the display name is set
 * @param globalName 1 to 32 characters; null for none
 * @param avatar the new avatar
 * @param removesAvatar whether the avatar goes
 * @param newPassword 8 to 128 characters
 * @param password the password so far, which the address and the new password need
 */
record ProfileForm(
        @Nullable String username,
        boolean renames,
        @Nullable String globalName,
        @Nullable Image avatar,
        boolean removesAvatar,
        @Nullable String email,
        @Nullable Secret newPassword,
        @Nullable Secret password) {

    private static final int MAX_NAME = 32;

    /**
     * Reads a change. Of a bot the name, the avatar and the banner are looked at.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} with every field that is wrong
     */
    static ProfileForm read(Form form, boolean bot) {
        String username = username(form, bot);
        boolean renames = !bot && form.has("global_name");
        String globalName = renames ? globalName(form) : null;
        Image avatar = Image.read(form, "avatar", Images.MAX_BYTES);
        if (isGiven(form, "banner")) {
            form.error("banner", "IMAGE_INVALID", "There are no banners.");
        }
        String email = !bot && isGiven(form, "email") ? Registration.email(form) : null;
        Secret newPassword = !bot && isGiven(form, "new_password") ? Registration.password(form, "new_password") : null;
        String password = form.optionalText("password", 1, 128);
        if ((email != null || newPassword != null) && password == null) {
            form.required("password");
        }
        form.check();
        return new ProfileForm(
                username,
                renames,
                globalName,
                avatar,
                form.has("avatar") && avatar == null,
                email,
                newPassword,
                password == null ? null : new Secret(password));
    }

    private static @Nullable String username(Form form, boolean bot) {
        if (!isGiven(form, "username")) {
            return null;
        }
        return bot ? Normalization.composed(form.requiredText("username", 2, MAX_NAME)) : Registration.username(form);
    }

    private static @Nullable String globalName(Form form) {
        String name = form.optionalText("global_name", 1, MAX_NAME);
        String composed = name == null ? null : Normalization.composed(name);
        if (composed != null && composed.isBlank()) {
            form.error("global_name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.");
        }
        return composed;
    }

    private static boolean isGiven(Form form, String field) {
        return form.has(field) && !form.raw(field).isNull();
    }
}
