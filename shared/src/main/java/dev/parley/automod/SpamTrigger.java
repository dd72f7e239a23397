package dev.parley.automod;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What looks like spam by itself: one letter 40 times in a row, one word 12 times in a message that says little else, or 6
 * links. Discord judges with a model that it does not publish; this catches floods and no more.
 */
record SpamTrigger() implements Trigger {

    private static final int LETTERS_IN_A_ROW = 40;
    private static final int TIMES_A_WORD = 12;
    private static final double SHARE_OF_A_WORD = 0.6;
    private static final int LINKS = 6;
    private static final Pattern LINK = Pattern.compile("https?://\\S+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Override
    public @Nullable Match find(FoldedText content) {
        String text = content.folded();
        if (longestRow(text) >= LETTERS_IN_A_ROW
                || repeatsAWord(text)
                || LINK.matcher(text).results().count() >= LINKS) {
            return new Match(null, null);
        }
        return null;
    }

    private static int longestRow(String text) {
        int longest = 0;
        int row = 0;
        int before = -1;
        for (int letter : text.codePoints().toArray()) {
            row = letter == before && !Character.isWhitespace(letter) ? row + 1 : 1;
            longest = Math.max(longest, row);
            before = letter;
        }
        return longest;
    }

    private static boolean repeatsAWord(String text) {
        List<String> words =
                Arrays.stream(SPACE.split(text)).filter(word -> !word.isEmpty()).toList();
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return most >= TIMES_A_WORD && most >= words.size() * SHARE_OF_A_WORD;
    }
}
