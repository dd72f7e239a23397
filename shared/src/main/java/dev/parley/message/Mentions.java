package dev.parley.message;

import dev.parley.snowflake.Snowflake;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the content of a message names (Discord documentation, "Message Formatting"), at most 100 of each kind.
 *
 * @param users users that the content names; they may not exist
 * @param roles roles that the content names; they may not exist
 */
record Mentions(List<Snowflake> users, List<Snowflake> roles, boolean everyone) {

    private static final int MAX = 100;
    private static final Pattern USER = Pattern.compile("<@!?(\\d{1,19})>");
    private static final Pattern ROLE = Pattern.compile("<@&(\\d{1,19})>");
    private static final Pattern EVERYONE = Pattern.compile("@(everyone|here)\\b");

    /** Finds what the content names and the sender allows. */
    static Mentions find(String content, AllowedMentions allowed) {
        if (content.indexOf('@') < 0) {
            return new Mentions(List.of(), List.of(), false);
        }
        return new Mentions(
                ids(USER, content).stream().filter(allowed::allowsUser).toList(),
                ids(ROLE, content).stream().filter(allowed::allowsRole).toList(),
                allowed.everyone() && EVERYONE.matcher(content).find());
    }

    /** Whether the content names nobody. */
    boolean isEmpty() {
        return users.isEmpty() && roles.isEmpty() && !everyone;
    }

    private static Set<Snowflake> ids(Pattern pattern, String content) {
        Set<Snowflake> ids = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(content);
        while (ids.size() < MAX && matcher.find()) {
            Snowflake id = Snowflake.parseOrNull(matcher.group(1));
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }
}
