package dev.parley.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request is refused. What the client sees of it is {@link #body()}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable ObjectNode errors;
    private final @Nullable Duration retryAfter;

    public ApiException(ErrorCode code) {
        this(code, null, null);
    }

    /**
     * A refusal that ends by itself.
     *
     * @param retryAfter how long the client has to wait, to the millisecond
     */
    public ApiException(ErrorCode code, Duration retryAfter) {
        this(code, null, retryAfter);
    }

    /**
     * A refusal that says which fields are wrong.
     *
     * @param errors the object of Discord's form errors, field by field
     */
    public ApiException(ErrorCode code, @Nullable ObjectNode errors) {
        this(code, errors, null);
    }

    private ApiException(ErrorCode code, @Nullable ObjectNode errors, @Nullable Duration retryAfter) {
        // Refusals are an everyday answer, not a fault: a stack trace would cost and say nothing.
        super(code.message(), null, false, false);
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** How long the client has to wait; null if waiting does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The error as the client sees it. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("message", code.message());
        body.put("code", code.code());
        Duration wait = retryAfter;
        if (wait != null) {
            body.put("retry_after", BigDecimal.valueOf(wait.toMillis(), 3));
            body.put("global", false);
        }
        ObjectNode fields = errors;
        if (fields != null) {
            body.set("errors", fields);
        }
        return body;
    }
}
