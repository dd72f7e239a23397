package dev.parley.local.lambda;

/** The error that a function in another process reported, in the words of the Lambda runtime API. */
final class FunctionFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String errorType;

    FunctionFailedException(String errorType, String errorMessage) {
        super(errorMessage);
        this.errorType = errorType;
    }

    /** The class of what was thrown. */
    String errorType() {
        return errorType;
    }

    /** What was thrown, and why. */
    String description() {
        return errorType + ": " + getMessage();
    }
}
