package dev.parley.manual;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code docs/command-line.md}, made from the model of the command line. */
final class CommandLinePage {

    private static final String BEFORE = """
            # The command line

            `./parley help` lists the commands, `./parley COMMAND --help` the options of one. `./parley doctor` says what is missing on
            a machine, and what for. This page is made from the code; a test fails when it is out of date.

            ## What holds for all

            - **Exit codes.** 0: it did what it says. 1: something has to be put right first, which the message names; for `diff --fail`,
              that something would change; for `doctor`, that `up` would not work; for a drill, that a promise was broken. 2: the arguments
              cannot be used. 99: a threshold of a load test was not met; other codes of `load` are k6's, and 127 is that there is no k6. A
              command that Ctrl-C or a signal ends has 128 and the signal's number.
            - **Output.** What was asked for goes to the standard output, errors and what is built to the other one. `--json`, where there is
              one, prints a single JSON value. Colours only on a terminal, and not with `NO_COLOR` set.
            - **Questions.** Only `deploy` and `destroy` ask, and never without a terminal: `--yes` and `--confirm NAME` answer for a
              script.
            - **Environment.** `JAVA_HOME` comes before other JDKs if it is new enough; `PARLEY_JAVA_OPTS` adds options of the JVM.

            ## Completion

            ```sh
            ./parley completion bash > ~/.local/share/bash-completion/completions/parley    # bash, with the package bash-completion
            ./parley completion zsh > ~/.parley-completion                                  # zsh; then in ~/.zshrc: source ~/.parley-completion
            ```

            Commands and options are then completed by the tab key after `./parley` and `parley`.
            """;

    private final CommandLine line;

    CommandLinePage(CommandLine line) {
        this.line = line;
    }

    String markdown() {
        StringBuilder page = new StringBuilder(BEFORE);
        line.getSubcommands().forEach((name, command) -> section(page, "./parley " + name, command, "##"));
        return page.toString();
    }

    private static void section(StringBuilder page, String name, CommandLine command, String heading) {
        CommandSpec spec = command.getCommandSpec();
        page.append("\n").append(heading).append(" ").append(name).append("\n");
        for (String sentence : spec.usageMessage().description()) {
            page.append("\n").append(plain(sentence)).append("\n");
        }
        List<PositionalParamSpec> parameters = spec.positionalParameters();
        List<OptionSpec> options = spec.options().stream()
                .filter(option ->
                        !option.usageHelp() && !option.versionHelp() && !option.hidden() && !option.inherited())
                .toList();
        if (!parameters.isEmpty() || !options.isEmpty()) {
            page.append("\n| | |\n|---|---|\n");
        }
        for (PositionalParamSpec parameter : parameters) {
            row(
                    page,
                    parameter.paramLabel(),
                    Stream.concat(
                                    Stream.of(parameter.description()),
                                    Stream.ofNullable(parameter.completionCandidates())
                                            .map(all -> "One of " + String.join(", ", all) + "."))
                            .collect(Collectors.joining(" ")));
        }
        for (OptionSpec option : options) {
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            row(page, String.join(", ", option.names()) + label, description(option));
        }
        List<String> footer = Stream.of(spec.usageMessage().footer())
                .filter(text -> text.startsWith("  ") || text.startsWith("Example: "))
                .map(text -> text.replace("Example: ", "").strip())
                .toList();
        if (!footer.isEmpty()) {
            page.append("\n```sh\n").append(String.join("\n", footer)).append("\n```\n");
        }
        for (Map.Entry<String, CommandLine> part : command.getSubcommands().entrySet()) {
            section(page, name + " " + part.getKey(), part.getValue(), heading + "#");
        }
    }

    private static String description(OptionSpec option) {
        String text = String.join(" ", option.description());
        Iterable<String> candidates = option.completionCandidates();
        if (candidates != null) {
            text = text.replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates));
        }
        String fallback = option.defaultValue();
        boolean said = text.contains("(default") || option.arity().max() == 0;
        return text
                + (option.required() ? " Required." : "")
                + (fallback == null || said ? "" : " Default: " + fallback + ".");
    }

    private static void row(StringBuilder page, String what, String description) {
        page.append("| `")
                .append(what)
                .append("` | ")
                .append(plain(description).replace("|", "\\|"))
                .append(" |\n");
    }

    /** Without the marks that picocli makes colours of. */
    private static String plain(String text) {
        return Ansi.OFF.new Text(text).toString();
    }
}
