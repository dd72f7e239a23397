package dev.parley.local.store;

/** The POSIX signal that a program takes as the request to stop in good order. */
public enum StopSignal {
    /** For programs that set their own handler; a shell starts background programs with this one ignored. */
    INT,
    TERM
}
