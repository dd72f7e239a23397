package dev.parley.automod;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * More mentions of different users and roles than a message may have.
 *
 * @param most how many it may have
 */
record MentionTrigger(int most) implements Trigger {

    private static final Pattern MENTION = Pattern.compile("<@(?:!?|(&))(\\d{1,19})>");

    @Override
    public @Nullable Match find(FoldedText content) {
        Set<String> mentioned = new HashSet<>();
        Matcher mentions = MENTION.matcher(content.original());
        while (mentions.find()) {
            mentioned.add(mentions.group(1) + mentions.group(2));
        }
        return mentioned.size() > most ? new Match(null, null) : null;
    }
}
