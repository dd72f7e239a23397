package dev.parley.account;

import java.text.Normalizer;
import java.util.Locale;

/** The forms under which names and addresses count as equal. */
public final class Normalization {

    private Normalization() {}

    /**
     * The key of a username or an email address: without regard to case and Unicode form. Folding runs to a fixed point of
     * NFKC, upper and lower case, so that ß and SS, or ſ and s, are one.
     */
    public static String key(String text) {
        String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** A display text in the form in which it is stored. */
    static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }
}
