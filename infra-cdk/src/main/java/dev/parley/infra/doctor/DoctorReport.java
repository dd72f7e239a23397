package dev.parley.infra.doctor;

import java.util.List;

/** What all checks found, for people and for programs. It needs no library, so that it works where nothing is built yet. */
public record DoctorReport(List<Finding> findings) {

    private static final String GREEN = "\033[32m";
    private static final String YELLOW = "\033[33m";
    private static final String RED = "\033[31m";
    private static final String PLAIN = "\033[0m";

    /** Takes a copy of the findings. */
    public DoctorReport {
        findings = List.copyOf(findings);
    }

    /** Whether {@code ./parley up} has what it needs. */
    public boolean ready() {
        return findings.stream().noneMatch(Finding::stops);
    }

    /** One line for each finding, below it what to do, and what it comes to. */
    public String text(boolean coloured) {
        int name = width(findings.stream().map(Finding::name).toList());
        int state = width(findings.stream().map(one -> one.state().title()).toList());
        int found = width(findings.stream().map(Finding::found).toList());
        StringBuilder text = new StringBuilder();
        for (Finding one : findings) {
            String title = pad(one.state().title(), state);
            text.append(coloured ? colour(one) + title + PLAIN : title)
                    .append("  ")
                    .append(pad(one.name(), name))
                    .append("  ")
                    .append(pad(one.found(), found))
                    .append("  ")
                    .append(one.neededFor())
                    .append('\n');
            if (!one.next().isEmpty()) {
                text.append(" ".repeat(state + 2))
                        .append("-> ")
                        .append(one.next())
                        .append('\n');
            }
        }
        return text.append('\n')
                .append(
                        ready()
                                ? "./parley up has what it needs; what else is missing is needed for what its line says."
                                : "./parley up cannot work yet: "
                                        + String.join(
                                                ", ",
                                                findings.stream()
                                                        .filter(Finding::stops)
                                                        .map(one -> one.name() + " "
                                                                + one.state().title())
                                                        .toList())
                                        + ".")
                .append('\n')
                .toString();
    }

    /** An object with {@code ready} and the {@code checks}. */
    public String json() {
        StringBuilder json =
                new StringBuilder("{\n  \"ready\": ").append(ready()).append(",\n  \"checks\": [");
        String separator = "\n";
        for (Finding one : findings) {
            json.append(separator)
                    .append("    {\"name\": ")
                    .append(quote(one.name()))
                    .append(", \"state\": ")
                    .append(quote(one.state().title()))
                    .append(", \"found\": ")
                    .append(quote(one.found()))
                    .append(", \"required\": ")
                    .append(one.required())
                    .append(",\n     \"neededFor\": ")
                    .append(quote(one.neededFor()))
                    .append(", \"next\": ")
                    .append(quote(one.next()))
                    .append('}');
            separator = ",\n";
        }
        return json.append("\n  ]\n}\n").toString();
    }

    private static String colour(Finding finding) {
        if (finding.state() == State.OK) {
            return GREEN;
        }
        return finding.stops() ? RED : YELLOW;
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** (RFC 8259, section 7.) */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
