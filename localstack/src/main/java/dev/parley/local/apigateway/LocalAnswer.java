package dev.parley.local.apigateway;

/**
 * What a {@link LocalHandler} answers.
 *
 * @param status the HTTP status
 * @param json the body; not copied, must not change afterwards; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // written once to the socket, never compared
public record LocalAnswer(int status, byte[] json) {

    /** An answer without a body. */
    public static LocalAnswer empty(int status) {
        return new LocalAnswer(status, new byte[0]);
    }
}
