package dev.parley.infra.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of a version, most significant first; what is missing at the end is zero. */
record Version(List<Integer> numbers) implements Comparable<Version> {

    /** With a dot, since names have numbers too (k6); nine digits, so that each is an {@code int}. */
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){1,3}");

    Version {
        numbers = List.copyOf(numbers);
    }

    /** The first version in a program's output. */
    static Optional<Version> in(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        return matcher.find()
                ? Optional.of(new Version(Arrays.stream(matcher.group().split("\\."))
                        .map(Integer::valueOf)
                        .toList()))
                : Optional.empty();
    }

    /** One number or several. */
    static Version of(Integer... numbers) {
        return new Version(List.of(numbers));
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int difference = Integer.compare(number(i), other.number(i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public String toString() {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }
}
