package dev.parley.infra.command;

import java.io.Console;
import java.util.Objects;

/** Asks the user at the terminal. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Asks for an answer.
     *
     * @param instead what a script says instead of answering
     * @throws CommandException if nobody is there to answer
     */
    static String ask(String question, String instead) {
        Console console = Objects.requireNonNull(System.console(), "since JDK 22 there is one always");
        if (!console.isTerminal()) {
            throw new CommandException("There is no terminal to ask at. " + instead);
        }
        String answer = console.readLine("%s ", question);
        return answer == null ? "" : answer.strip();
    }
}
