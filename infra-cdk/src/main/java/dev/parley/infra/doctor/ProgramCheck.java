package dev.parley.infra.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a program and its version.
 *
 * @param programs the programs of this machine
 * @param name what people call it
 * @param commands its names, the first that is there counts
 * @param arguments what makes it print its version
 * @param minimum the oldest version that will do
 * @param neededFor what does not work without it
 * @param install how to get it
 * @param silent what it means that it is there and says no version
 * @param required whether the first command needs it
 */
record ProgramCheck(
        Programs programs,
        String name,
        List<String> commands,
        List<String> arguments,
        Version minimum,
        String neededFor,
        String install,
        String silent,
        boolean required)
        implements Check {

    @Override
    public List<Finding> look() throws InterruptedException {
        Optional<Path> program = commands.stream()
                .flatMap(command -> programs.find(command).stream())
                .findFirst();
        if (program.isEmpty()) {
            return List.of(new Finding(name, State.MISSING, "", neededFor, install, required));
        }
        Optional<Version> version = programs.output(program.get(), arguments).flatMap(Version::in);
        if (version.isEmpty()) {
            return List.of(new Finding(name, State.MISSING, "", neededFor, silent, required));
        }
        boolean old = version.get().compareTo(minimum) < 0;
        return List.of(new Finding(
                name,
                old ? State.TOO_OLD : State.OK,
                version.get().toString(),
                neededFor,
                old ? "It has to be " + minimum + " or newer. " + install : "",
                required));
    }
}
