package dev.parley.search;

import dev.parley.protocol.ApiException;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for (Discord documentation, "Search Guild Messages").
 *
 * <p>All parameters must hold. Of the values of one parameter one must hold, and none of those with a minus sign; of
 * {@code has} all must. {@code slop} is taken and changes nothing: words may stand anywhere, unless they are in quotes. The
 * order by relevance is that by time.
 *
 * @param clauses what must hold, or must not
 * @param text what must be in the text; empty for any
 * @param phrases what must be in the text as it stands
 * @param after the id that found messages are larger than
 * @param before the id that found messages are smaller than
 * @param channels only of these channels; empty for all
 * @param ascending whether the oldest come first
 * @param offset 0 to 9,975
 * @param limit 1 to 25
 */
public record SearchQuery(
        List<Clause> clauses,
        SearchText text,
        List<SearchText> phrases,
        long after,
        long before,
        Set<Snowflake> channels,
        boolean includeNsfw,
        boolean ascending,
        int offset,
        int limit) {

    static final int MAX_OFFSET = 9_975;

    private static final int MAX_LIMIT = 25;
    private static final int MAX_CONTENT = 1024;
    private static final int MAX_CHANNELS = 500;

    /** What of a long text the index is asked; the rest is compared with what it finds. */
    private static final int MOST_CLAUSES_OF_TEXT = 24;

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Set<String> HAS =
            negatable("link", "embed", "file", "image", "video", "sound", "sticker", "poll", "snapshot");
    private static final Set<String> AUTHOR_TYPES = negatable("user", "bot", "webhook");
    private static final Set<String> EMBED_TYPES = Set.of("image", "video", "gif", "sound", "article");

    /**
     * A condition.
     *
     * @param anyOf one of these tokens
     * @param negative whether none of them may be there instead
     */
    record Clause(Set<Long> anyOf, boolean negative) {

        boolean holds(Set<Long> tokens) {
            return anyOf.stream().anyMatch(tokens::contains) != negative;
        }
    }

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static SearchQuery read(Map<String, String> values) {
        SearchParameters parameters = new SearchParameters(values);
        List<Clause> clauses = new ArrayList<>();
        String content = parameters.text("content", MAX_CONTENT);
        SearchText text = SearchText.of(content == null ? "" : content);
        List<SearchText> phrases = new ArrayList<>();
        if (content != null) {
            Matcher quoted = QUOTED.matcher(content);
            while (quoted.find()) {
                phrases.add(SearchText.of(quoted.group(1)));
            }
        }
        text.askedTokens().stream()
                .limit(MOST_CLAUSES_OF_TEXT)
                .forEach(token -> clauses.add(new Clause(Set.of(token), false)));
        addIds(clauses, Token.Kind.AUTHOR, parameters.ids("author_id"));
        addIds(clauses, Token.Kind.MENTION, parameters.ids("mentions"));
        addIds(clauses, Token.Kind.MENTION_ROLE, parameters.ids("mentions_role_id"));
        addIds(clauses, Token.Kind.REPLY_TO_USER, parameters.ids("replied_to_user_id"));
        addIds(clauses, Token.Kind.REPLY_TO_MESSAGE, parameters.ids("replied_to_message_id"));
        addTruth(clauses, Token.Kind.MENTION_EVERYONE, parameters.truth("mention_everyone"));
        addTruth(clauses, Token.Kind.PINNED, parameters.truth("pinned"));
        for (String has : parameters.choices("has", HAS)) {
            boolean negative = has.startsWith("-");
            clauses.add(new Clause(Set.of(Token.of(Token.Kind.HAS, negative ? has.substring(1) : has)), negative));
        }
        addAuthorTypes(clauses, parameters.choices("author_type", AUTHOR_TYPES));
        addTexts(clauses, Token.Kind.LINK_HOST, parameters.texts("link_hostname", 256));
        addTexts(clauses, Token.Kind.EMBED_PROVIDER, parameters.texts("embed_provider", 256));
        addTexts(clauses, Token.Kind.EMBED_TYPE, parameters.choices("embed_type", EMBED_TYPES));
        addTexts(clauses, Token.Kind.FILE_EXTENSION, parameters.texts("attachment_extension", 256));
        addTexts(clauses, Token.Kind.FILE_NAME, parameters.texts("attachment_filename", 1024));
        parameters.number("slop", 0, 100, 2);
        parameters.choices("sort_by", Set.of("timestamp", "relevance"));
        Snowflake after = parameters.id("min_id");
        Snowflake before = parameters.id("max_id");
        return new SearchQuery(
                List.copyOf(clauses),
                text,
                phrases,
                after == null ? 0 : after.value(),
                before == null ? Long.MAX_VALUE : before.value(),
                Set.copyOf(parameters.ids("channel_id", MAX_CHANNELS)),
                Boolean.TRUE.equals(parameters.truth("include_nsfw")),
                parameters.choices("sort_order", Set.of("asc", "desc")).contains("asc"),
                parameters.number("offset", 0, MAX_OFFSET, 0),
                parameters.number("limit", 1, MAX_LIMIT, MAX_LIMIT));
    }

    /** Whether a message is what is searched for: the index may name messages that only look so. */
    boolean matches(Document document) {
        SearchText found = document.text();
        if (!found.hasAll(text.terms()) || !phrases.stream().allMatch(phrase -> found.hasPhrase(phrase.terms()))) {
            return false;
        }
        Set<Long> tokens = document.tokens();
        return clauses.stream().allMatch(clause -> clause.holds(tokens));
    }

    private static void addIds(List<Clause> clauses, Token.Kind kind, List<Snowflake> ids) {
        addAny(clauses, ids.stream().map(id -> Token.of(kind, id.value())));
    }

    private static void addTexts(List<Clause> clauses, Token.Kind kind, List<String> texts) {
        addAny(clauses, texts.stream().map(text -> Token.of(kind, text.toLowerCase(Locale.ROOT))));
    }

    private static void addAny(List<Clause> clauses, Stream<Long> tokens) {
        Set<Long> anyOf = tokens.collect(Collectors.toCollection(LinkedHashSet::new));
        if (!anyOf.isEmpty()) {
            clauses.add(new Clause(anyOf, false));
        }
    }

    private static void addTruth(List<Clause> clauses, Token.Kind kind, @Nullable Boolean wanted) {
        if (wanted != null) {
            clauses.add(new Clause(Set.of(Token.of(kind)), !wanted));
        }
    }

    /** There is no token for users: they are whoever is neither a bot nor a webhook. */
    private static void addAuthorTypes(List<Clause> clauses, List<String> types) {
        Set<String> wanted = new HashSet<>();
        Set<String> unwanted = new HashSet<>();
        types.forEach(type -> {
            if (type.startsWith("-")) {
                unwanted.add(type.substring(1));
            } else {
                wanted.add(type);
            }
        });
        if (wanted.contains("user")) {
            Set.of("bot", "webhook").stream()
                    .filter(type -> !wanted.contains(type))
                    .forEach(unwanted::add);
        } else if (!wanted.isEmpty()) {
            clauses.add(new Clause(authorTypes(wanted), false));
        }
        if (unwanted.remove("user")) {
            clauses.add(new Clause(authorTypes(Set.of("bot", "webhook")), false));
        }
        if (!unwanted.isEmpty()) {
            clauses.add(new Clause(authorTypes(unwanted), true));
        }
    }

    private static Set<Long> authorTypes(Set<String> types) {
        return types.stream()
                .map(type -> Token.of(Token.Kind.AUTHOR_TYPE, type))
                .collect(Collectors.toSet());
    }

    private static Set<String> negatable(String... choices) {
        return Stream.of(choices)
                .flatMap(choice -> Stream.of(choice, "-" + choice))
                .collect(Collectors.toSet());
    }
}
