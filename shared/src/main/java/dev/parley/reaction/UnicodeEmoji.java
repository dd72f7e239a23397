package dev.parley.reaction;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which texts are one emoji (Unicode Technical Standard 51, "Emoji", section 1.4.9). The characters are those that the
 * Java platform knows.
 */
final class UnicodeEmoji {

    /** Longer than any that is recommended for interchange. */
    private static final int MAX_LENGTH = 64;

    private static final String PRESENTATION = "\uFE0F";

    private static final String ELEMENT =
            "[\\p{IsEmoji}&&\\p{IsExtended_Pictographic}](?:\\p{IsEmoji_Modifier}|\\x{FE0F}|[\\x{E0020}-\\x{E007E}]+\\x{E007F})?";

    private static final Pattern SEQUENCE = Pattern.compile(ELEMENT + "(?:\\x{200D}" + ELEMENT + ")*");
    private static final Pattern KEYCAP = Pattern.compile("[0-9#*]\\x{FE0F}?\\x{20E3}");

    /** One alone stands for its letter, two for a flag. */
    private static final Pattern REGIONAL = Pattern.compile("[\\x{1F1E6}-\\x{1F1FF}]{1,2}");

    private static final int REGIONAL_A = 0x1F1E6;

    /** Flags of regions beside those of ISO 3166 (Unicode CLDR, exceptional and user-assigned regions). */
    private static final Set<String> MORE_REGIONS = Set.of("AC", "CP", "CQ", "DG", "EA", "EU", "IC", "TA", "UN", "XK");

    private UnicodeEmoji() {}

    /** Whether the text is one emoji. */
    static boolean is(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        Matcher regional = REGIONAL.matcher(text);
        return regional.matches()
                ? isFlagOrLetter(text)
                : SEQUENCE.matcher(text).matches() || KEYCAP.matcher(text).matches();
    }

    /** What an emoji is the same by: clients write some with and some without the variation selector. */
    static String key(String emoji) {
        return emoji.replace(PRESENTATION, "");
    }

    private static boolean isFlagOrLetter(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length == 1) {
            return true;
        }
        String region = "" + (char) ('A' + points[0] - REGIONAL_A) + (char) ('A' + points[1] - REGIONAL_A);
        return MORE_REGIONS.contains(region)
                || Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(region);
    }
}
