package dev.parley.account;

import dev.parley.protocol.Form;
import dev.parley.settings.Secret;
import java.util.regex.Pattern;

/**
 * What somebody registers with, checked.
 *
 * @param username 2 to 32 characters: letters, digits, underscore, dot, hyphen
 * @param email an address of at most 254 characters
 * @param password 8 to 128 characters
 */
public record Registration(String username, String email, Secret password) {

    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_.-]+");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@.\\p{Cntrl}]+(\\.[^\\s@.\\p{Cntrl}]+)+");

    /**
     * Reads a registration.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} with every field that is wrong
     */
    public static Registration read(Form form) {
        String username = username(form);
        String email = email(form);
        Secret password = password(form, "password");
        form.check();
        return new Registration(username, email, password);
    }

    /** Reads a username; what is wrong with it is noted in the form. */
    static String username(Form form) {
        String username = Normalization.composed(form.requiredText("username", 2, 32));
        if (!username.isEmpty() && !USERNAME.matcher(username).matches()) {
            form.error(
                    "username",
                    "USERNAME_INVALID_CHARACTERS",
                    "Usernames hold letters, digits, underscores, dots and hyphens only.");
        }
        return username;
    }

    /** Reads an address; what is wrong with it is noted in the form. */
    static String email(Form form) {
        String email = Normalization.composed(form.requiredText("email", 3, 254));
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            form.error("email", "EMAIL_TYPE_INVALID_EMAIL", "Not a well formed email address.");
        }
        return email;
    }

    /** Reads a password that is to be set; what is wrong with it is noted in the form. */
    static Secret password(Form form, String field) {
        return new Secret(form.requiredText(field, 8, 128));
    }
}
