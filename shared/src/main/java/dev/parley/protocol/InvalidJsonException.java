package dev.parley.protocol;

import java.io.IOException;

/** A text is no JSON, or not of the shape that was asked for. The message holds nothing of the text. */
public final class InvalidJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidJsonException(IOException cause) {
        super("Invalid JSON", cause);
    }
}
