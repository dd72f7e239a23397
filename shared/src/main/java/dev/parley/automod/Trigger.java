package dev.parley.automod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decides whether a content triggers a rule. Thread-safe. */
@FunctionalInterface
interface Trigger {

    /**
     * What triggered a rule.
     *
     * @param keyword the keyword or pattern; null where there is none
     * @param content the part of the content that it was found in; null where it is not a part
     */
    record Match(@Nullable String keyword, @Nullable String content) {}

    /** What in the content triggers the rule; null if nothing does. */
    @Nullable Match find(FoldedText content);

    /** The trigger of a rule. */
    static Trigger of(AutoModRule rule) {
        return switch (rule.triggerType()) {
            case AutoModRule.KEYWORD ->
                KeywordTrigger.of(rule.texts("keyword_filter"), rule.texts("regex_patterns"), rule.texts("allow_list"));
            case AutoModRule.KEYWORD_PRESET ->
                KeywordTrigger.of(Presets.words(rule.metadata().path("presets")), List.of(), rule.texts("allow_list"));
            case AutoModRule.MENTION_SPAM ->
                new MentionTrigger(rule.metadata().path("mention_total_limit").intValue());
            case AutoModRule.SPAM -> new SpamTrigger();
            default -> content -> null;
        };
    }
}
