package dev.parley.automod;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keywords and patterns, and what is allowed nevertheless: what lies within an allowed place is passed over.
 *
 * @param patterns run in a time that is linear in the content
 */
record KeywordTrigger(List<Keyword> keywords, List<Pattern> patterns, List<Keyword> allowed) implements Trigger {

    private record Span(int start, int end) {}

    static KeywordTrigger of(List<String> keywords, List<String> patterns, List<String> allowed) {
        return new KeywordTrigger(
                keywords.stream().map(Keyword::of).toList(),
                patterns.stream().map(RegexPattern::compile).toList(),
                allowed.stream().map(Keyword::of).toList());
    }

    @Override
    public @Nullable Match find(FoldedText content) {
        List<Span> exempt = exempt(content);
        for (Keyword keyword : keywords) {
            int at = keyword.find(
                    content,
                    start -> !isExempt(exempt, start, start + keyword.folded().length()));
            if (at >= 0) {
                return new Match(
                        keyword.text(),
                        content.original().substring(at, at + keyword.folded().length()));
            }
        }
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(content.original());
            while (matcher.find()) {
                if (!isExempt(exempt, matcher.start(), matcher.end())) {
                    return new Match(pattern.pattern(), matcher.group());
                }
            }
        }
        return null;
    }

    private List<Span> exempt(FoldedText content) {
        List<Span> spans = new ArrayList<>();
        for (Keyword keyword : allowed) {
            int length = keyword.folded().length();
            keyword.find(content, start -> {
                spans.add(new Span(start, start + length));
                return false;
            });
        }
        return spans;
    }

    private static boolean isExempt(List<Span> exempt, int start, int end) {
        return exempt.stream().anyMatch(span -> span.start() <= start && end <= span.end());
    }
}
