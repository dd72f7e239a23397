package dev.parley.automod;

import java.util.function.IntPredicate;

/**
 * A keyword or phrase: a word as it is, or with a {@code *} at an end what goes on there (Discord documentation, "Keyword
 * Matching Strategies"). Case makes no difference.
 *
 * @param text as it is written
 * @param folded as it is looked for, without asterisks
 * @param opensAnywhere whether a word may begin before it
 * @param endsAnywhere whether a word may go on behind it
 */
record Keyword(String text, String folded, boolean opensAnywhere, boolean endsAnywhere) {

    static Keyword of(String text) {
        boolean opens = text.startsWith("*");
        boolean ends = text.length() > 1 && text.endsWith("*");
        String core =
                text.substring(opens ? 1 : 0, text.length() - (ends ? 1 : 0)).strip();
        return new Keyword(text, FoldedText.of(core).folded(), opens, ends);
    }

    /** Where it is first, such that the place is accepted; -1 if it is nowhere. */
    int find(FoldedText content, IntPredicate accepted) {
        if (folded.isEmpty()) {
            return -1;
        }
        for (int at = content.folded().indexOf(folded);
                at >= 0;
                at = content.folded().indexOf(folded, at + 1)) {
            if ((opensAnywhere || content.isBoundary(at))
                    && (endsAnywhere || content.isBoundary(at + folded.length()))
                    && accepted.test(at)) {
                return at;
            }
        }
        return -1;
    }
}
