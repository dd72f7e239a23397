package dev.parley.infra.doctor;

/**
 * What a check found.
 *
 * @param name what was looked at
 * @param state what became of it
 * @param found the version or the amount that is there; empty if there is none
 * @param neededFor what does not work without it
 * @param next what to do about it; empty if nothing is to be done
 * @param required whether {@code ./parley up}, the first command, needs it
 */
public record Finding(String name, State state, String found, String neededFor, String next, boolean required) {

    /** Whether the first command would fail for it. */
    public boolean stops() {
        return required && state != State.OK;
    }
}
