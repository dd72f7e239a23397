package dev.parley.automod;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/**
 * A text in which case and width make no difference, and the text that a part of it stands for.
 *
 * @param original as it was written, in the compatible composition of Unicode
 * @param folded as it is compared; as long as the original
 */
record FoldedText(String original, String folded) {

    /** Scripts in which every letter stands by itself (Unicode Annex 29, "Word Boundaries"). */
    private static final Set<UnicodeScript> LETTERS_ALONE = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    static FoldedText of(String text) {
        String original = Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder folded = new StringBuilder(original.length());
        original.codePoints().forEach(letter -> {
            int lower = Character.toLowerCase(Character.toUpperCase(letter));
            // Each letter keeps its length, so that a place in one is the same place in the other.
            folded.appendCodePoint(Character.charCount(lower) == Character.charCount(letter) ? lower : letter);
        });
        return new FoldedText(original, folded.toString());
    }

    /** Whether no word goes on over this place. */
    boolean isBoundary(int index) {
        if (index == 0 || index == folded.length()) {
            return true;
        }
        int before = folded.codePointBefore(index);
        int after = folded.codePointAt(index);
        return !inWord(before) || !inWord(after) || standsAlone(before) || standsAlone(after);
    }

    private static boolean inWord(int letter) {
        int type = Character.getType(letter);
        return Character.isLetterOrDigit(letter)
                || letter == '_'
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean standsAlone(int letter) {
        return LETTERS_ALONE.contains(UnicodeScript.of(letter));
    }
}
