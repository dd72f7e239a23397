package dev.parley.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A text as search reads it: its words, and its runs of letters of scripts that do not put spaces between words, in order.
 * Case, width and the accents of Latin letters make no difference; those of other scripts do, since they make other
 * letters. Hangul is kept in whole syllables. An emoji is a word.
 *
 * @param terms in the order of the text
 */
record SearchText(List<Term> terms) {

    /**
     * A word or a run.
     *
     * @param run whether it is a run, in which any part may be asked for
     */
    record Term(String text, boolean run) {

        boolean matches(Term asked) {
            return run == asked.run && (run ? text.contains(asked.text) : text.equals(asked.text));
        }
    }

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            // Korean has spaces, but its particles stick to the words.
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** Latin letters that Unicode does not take apart. */
    private static final Map<Integer, String> PLAIN = Map.of(
            (int) 'ß', "ss", (int) 'æ', "ae", (int) 'œ', "oe", (int) 'ø', "o", (int) 'đ', "d", (int) 'ł', "l",
            (int) 'ı', "i", (int) 'ð', "d", (int) 'þ', "th");

    static SearchText of(String text) {
        Reader reader = new Reader();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(reader::read);
        reader.end();
        return new SearchText(reader.terms);
    }

    /** Whether every one of the terms is somewhere in this text. */
    boolean hasAll(List<Term> asked) {
        return asked.stream().allMatch(wanted -> terms.stream().anyMatch(term -> term.matches(wanted)));
    }

    /** Whether the terms follow on each other in this text. */
    boolean hasPhrase(List<Term> asked) {
        for (int start = 0; start + asked.size() <= terms.size(); start++) {
            int matching = 0;
            while (matching < asked.size() && terms.get(start + matching).matches(asked.get(matching))) {
                matching++;
            }
            if (matching == asked.size()) {
                return true;
            }
        }
        return false;
    }

    /** The tokens under which a message with this text is found: words, and of runs single letters and pairs; the first ones first. */
    Set<Long> tokens() {
        Set<Long> tokens = new LinkedHashSet<>();
        for (Term term : terms) {
            if (term.run()) {
                int[] letters = term.text().codePoints().toArray();
                for (int i = 0; i < letters.length; i++) {
                    tokens.add(Token.of(Token.Kind.LETTERS, Character.toString(letters[i])));
                    if (i + 1 < letters.length) {
                        tokens.add(Token.of(Token.Kind.LETTERS, new String(letters, i, 2)));
                    }
                }
            } else {
                tokens.add(Token.of(Token.Kind.WORD, term.text()));
            }
        }
        return tokens;
    }

    /** The tokens that every message has in which this text is asked for. */
    Set<Long> askedTokens() {
        Set<Long> tokens = new LinkedHashSet<>();
        for (Term term : terms) {
            int[] letters = term.text().codePoints().toArray();
            if (!term.run()) {
                tokens.add(Token.of(Token.Kind.WORD, term.text()));
            } else if (letters.length == 1) {
                tokens.add(Token.of(Token.Kind.LETTERS, term.text()));
            } else {
                for (int i = 0; i + 1 < letters.length; i++) {
                    tokens.add(Token.of(Token.Kind.LETTERS, new String(letters, i, 2)));
                }
            }
        }
        return tokens;
    }

    /** Reads code points one by one. */
    private static final class Reader {

        private final List<Term> terms = new ArrayList<>();
        private final StringBuilder current = new StringBuilder();
        private boolean run;
        private boolean latin;

        private void read(int letter) {
            if (isMark(letter)) {
                if (!current.isEmpty() && !latin) {
                    current.appendCodePoint(letter);
                }
                return;
            }
            UnicodeScript script = UnicodeScript.of(letter);
            boolean inRun = WITHOUT_SPACES.contains(script)
                    // The long vowel of kana and its like belong to no script.
                    || (run && !current.isEmpty() && Character.getType(letter) == Character.MODIFIER_LETTER);
            if (inRun || Character.isLetterOrDigit(letter) || letter == '_') {
                if (inRun != run) {
                    end();
                    run = inRun;
                }
                latin = script == UnicodeScript.LATIN;
                append(letter);
            } else {
                end();
                if (Character.isEmoji(letter) && letter > 0x7f) {
                    terms.add(new Term(Character.toString(letter), false));
                }
            }
        }

        private void append(int letter) {
            if (!latin || letter <= 0x7f) {
                current.appendCodePoint(letter);
                return;
            }
            String plain = PLAIN.get(letter);
            if (plain != null) {
                current.append(plain);
                return;
            }
            Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD)
                    .codePoints()
                    .filter(part -> !isMark(part))
                    .forEach(current::appendCodePoint);
        }

        private void end() {
            if (!current.isEmpty()) {
                terms.add(new Term(current.toString(), run));
                current.setLength(0);
            }
            run = false;
            latin = false;
        }

        private static boolean isMark(int letter) {
            int type = Character.getType(letter);
            return type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK
                    || type == Character.ENCLOSING_MARK;
        }
    }
}
