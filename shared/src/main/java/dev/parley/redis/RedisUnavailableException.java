package dev.parley.redis;

/** Redis did not answer in time, or not at all. What was asked may or may not have happened. */
public final class RedisUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RedisUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
