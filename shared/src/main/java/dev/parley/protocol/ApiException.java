package dev.parley.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A request is refused. What the client sees of it is {@link #body()}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable ObjectNode errors;

    public ApiException(ErrorCode code) {
        this(code, null);
    }

    /**
     * A refusal that says which fields are wrong.
     *
     * @param errors the object of Discord's form errors, field by field
     */
    public ApiException(ErrorCode code, @Nullable ObjectNode errors) {
        // Refusals are an everyday answer, not a fault: a stack trace would cost and say nothing.
        super(code.message(), null, false, false);
        this.code = code;
        this.errors = errors;
    }

    public ErrorCode code() {
        return code;
    }

    /** The error as the client sees it. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("message", code.message());
        body.put("code", code.code());
        ObjectNode fields = errors;
        if (fields != null) {
            body.set("errors", fields);
        }
        return body;
    }
}
