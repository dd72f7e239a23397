package dev.parley.automod;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Regular expressions of rules, in RE2's syntax, which is that of Discord's (Rust's {@code regex}) but for rare things. */
final class RegexPattern {

    /** A counted repetition is written out when it is compiled; this is how long that may get. */
    private static final int MOST_STEPS = 2_000;

    private RegexPattern() {}

    /**
     * Compiles a pattern. Case makes no difference unless it says so with {@code (?-i)}.
     *
     * @throws PatternSyntaxException if it is wrong, or too large
     */
    static Pattern compile(String text) {
        if (steps(text) > MOST_STEPS) {
            throw new PatternSyntaxException("too large", text);
        }
        Pattern pattern = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        if (pattern.programSize() > MOST_STEPS) {
            throw new PatternSyntaxException("too large", text);
        }
        return pattern;
    }

    /** About how many steps it has when its repetitions are written out, before anything is. */
    private static long steps(String text) {
        Deque<Long> open = new ArrayDeque<>();
        long steps = 0;
        long last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                open.push(steps);
                steps = 0;
                last = 0;
            } else if (c == ')' && !open.isEmpty()) {
                last = steps + 1;
                steps = open.pop() + last;
            } else if (c == '{' && text.indexOf('}', i) > 0) {
                int end = text.indexOf('}', i);
                long times = times(text.substring(i + 1, end));
                steps = saturated(steps + last * (times - 1));
                last = saturated(last * times);
                i = end;
            } else {
                if (c == '\\') {
                    i++;
                } else if (c == '[') {
                    i = endOfClass(text, i);
                }
                last = 1;
                steps++;
            }
        }
        return steps + open.stream().mapToLong(Long::longValue).sum();
    }

    private static int endOfClass(String text, int start) {
        int i = start + 1;
        while (i < text.length() && (text.charAt(i) != ']' || i == start + 1)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private static long times(String counts) {
        long times = 1;
        for (String count : counts.split(",", 2)) {
            if (!count.isEmpty() && count.length() <= 4 && count.chars().allMatch(Character::isDigit)) {
                times = Math.max(times, Long.parseLong(count));
            }
        }
        return times;
    }

    private static long saturated(long steps) {
        return Math.min(steps, Integer.MAX_VALUE);
    }
}
