package dev.parley.local.lambda;

/** The Lambda runtime client has no native library for this operating system: it has one for Linux alone. */
public final class UnsupportedPlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedPlatformException(String operatingSystem) {
        super("Isolated functions run on Linux only, not on " + operatingSystem
                + ": start without isolation, which runs the same functions in this process");
    }
}
