package dev.parley.infra.doctor;

import java.util.List;

/** Looks at one thing that Parley needs, or at some that belong together. Thread-safe. */
public interface Check {

    /** What it looks at. */
    String name();

    /** What does not work without it. */
    String neededFor();

    /** Looks; an exception counts as something that could not be looked at. */
    List<Finding> look() throws InterruptedException;
}
