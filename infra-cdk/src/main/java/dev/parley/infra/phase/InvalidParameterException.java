package dev.parley.infra.phase;

/** A parameter of the deployment that cannot be used; the message says which, and what would do. */
public final class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param parameter the context key, without {@code -c} */
    InvalidParameterException(String parameter, String reason) {
        super("Parameter " + parameter + ": " + reason + ". Give it as -c " + parameter + "=VALUE.");
    }
}
