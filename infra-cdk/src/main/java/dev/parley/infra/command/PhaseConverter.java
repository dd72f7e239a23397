package dev.parley.infra.command;

import dev.parley.infra.phase.InvalidParameterException;
import dev.parley.infra.phase.Phase;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a phase by its name in lower case, and lists the names for the help. */
final class PhaseConverter implements ITypeConverter<Phase>, Iterable<String> {

    @Override
    public Phase convert(String value) {
        try {
            return Phase.of(value);
        } catch (InvalidParameterException e) {
            throw new TypeConversionException("'" + value + "' is none of " + String.join(", ", this));
        }
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Phase.values()).map(Phase::title).iterator();
    }
}
