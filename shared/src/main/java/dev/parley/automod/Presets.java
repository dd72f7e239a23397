package dev.parley.automod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parley's own short lists of English words for the presets; Discord's are not published. There is none of slurs: what is
 * one depends on language and place, and a short list would promise what it does not hold.
 */
final class Presets {

    static final int PROFANITY = 1;
    static final int SEXUAL_CONTENT = 2;

    private static final Map<Integer, List<String>> WORDS = Map.of(
            PROFANITY,
            List.of(
                    "fuck*",
                    "*fucker",
                    "motherfuck*",
                    "shit",
                    "shits",
                    "shitty",
                    "bullshit",
                    "asshole*",
                    "bastard*",
                    "bitch",
                    "bitches",
                    "cunt*",
                    "dickhead*",
                    "prick",
                    "pricks",
                    "wanker*",
                    "arsehole*",
                    "goddamn*"),
            SEXUAL_CONTENT,
            List.of(
                    "porn*",
                    "blowjob*",
                    "handjob*",
                    "cumshot*",
                    "dildo*",
                    "masturbat*",
                    "jerk off",
                    "jerking off",
                    "hentai",
                    "nudes",
                    "orgy",
                    "orgies",
                    "threesome*",
                    "camgirl*",
                    "sexting"));

    private Presets() {}

    static boolean has(int preset) {
        return WORDS.containsKey(preset);
    }

    /** The keywords of presets. */
    static List<String> words(JsonNode presets) {
        List<String> words = new ArrayList<>();
        presets.forEach(preset -> words.addAll(WORDS.getOrDefault(preset.intValue(), List.of())));
        return words;
    }
}
