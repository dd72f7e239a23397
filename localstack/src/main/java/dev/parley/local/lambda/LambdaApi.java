package dev.parley.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.lambda.InvocationException.Reason;
import dev.parley.protocol.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Invoke action of the Lambda API on the loopback interface, for the SDK's Lambda client (Lambda API reference,
 * "Invoke"). Aliases and versions all mean the one function there is. Signatures are not checked.
 *
 * <p>Thread-safe.
 */
public final class LambdaApi implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]{1,512})/invocations");
    private static final Pattern FUNCTION =
            Pattern.compile("(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}[a-z-]*-\\d:)?(?:\\d{12}:)?(?:function:)?"
                    + "(?<name>[a-zA-Z0-9-_]+)(?::(?:\\$LATEST|[a-zA-Z0-9-_]+))?");

    // Leaves room above the limit, so that an event a little too large gets the API's own error.
    private static final int MAX_BODY = PayloadLimits.SYNC + 1024 * 1024;

    private final FunctionHost host;
    private final LoopbackHttpServer server;

    /** Starts to answer on a free port. The host stays the caller's. */
    public LambdaApi(FunctionHost host) {
        this.host = host;
        this.server = new LoopbackHttpServer("lambda-api", MAX_BODY, this::answer);
    }

    /** What an SDK client takes as its endpoint override. */
    public URI endpoint() {
        return server.endpoint();
    }

    @Override
    public void close() {
        server.close();
    }

    private CompletionStage<HttpAnswer> answer(HttpQuestion question) {
        Matcher path = PATH.matcher(question.path());
        if (!question.method().equals("POST") || !path.matches()) {
            return done(error(404, "UnknownOperationException", "Only Invoke is answered here"));
        }
        Matcher function = FUNCTION.matcher(URLDecoder.decode(path.group(1), StandardCharsets.UTF_8));
        if (!function.matches()) {
            return done(error(400, "InvalidParameterValueException", "The function name is invalid"));
        }
        return invoke(function.group("name"), question.header("X-Amz-Invocation-Type"), question);
    }

    private CompletionStage<HttpAnswer> invoke(String name, @Nullable String type, HttpQuestion question) {
        byte[] body = question.body();
        byte[] event = body.length == 0 ? new byte[] {'{', '}'} : body;
        try {
            return switch (type == null ? "RequestResponse" : type) {
                case "RequestResponse" -> {
                    PayloadLimits.checkSync(name, event);
                    yield host.invoke(name, event)
                            .thenApply(payload -> invoked(payload, false))
                            .exceptionally(LambdaApi::failed);
                }
                case "Event" -> {
                    host.invokeAsync(name, event, question.header("X-Amzn-Trace-Id"));
                    yield done(HttpAnswer.empty(202));
                }
                case "DryRun" -> done(HttpAnswer.empty(204));
                default -> done(error(400, "InvalidParameterValueException", "There is no such invocation type"));
            };
        } catch (InvocationException e) {
            return done(e.reason() == Reason.TOO_LARGE ? tooLarge(e) : failed(e));
        }
    }

    private static HttpAnswer failed(Throwable error) {
        Throwable problem = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (!(problem instanceof InvocationException failure)) {
            return error(500, "ServiceException", "The function host failed");
        }
        return switch (failure.reason()) {
            case NOT_FOUND -> error(404, "ResourceNotFoundException", message(failure));
            case THROTTLED -> error(429, "TooManyRequestsException", message(failure));
            case TIMED_OUT -> functionError("Sandbox.Timedout", message(failure));
            case TOO_LARGE -> functionError("Function.ResponseSizeTooLarge", message(failure));
            case FUNCTION_ERROR -> functionError(failure);
        };
    }

    private static HttpAnswer functionError(InvocationException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof FunctionFailedException reported) {
            return functionError(reported.errorType(), message(reported));
        }
        return cause == null
                ? functionError("Runtime.ExitError", message(failure))
                : functionError(cause.getClass().getName(), message(cause));
    }

    private static HttpAnswer functionError(String type, String message) {
        return invoked(Json.bytes(Json.object().put("errorMessage", message).put("errorType", type)), true);
    }

    private static HttpAnswer invoked(byte[] payload, boolean failed) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Amz-Executed-Version", "1");
        if (failed) {
            headers.put("X-Amz-Function-Error", "Unhandled");
        }
        return new HttpAnswer(200, headers, payload);
    }

    private static HttpAnswer tooLarge(InvocationException e) {
        return error(413, "RequestTooLargeException", message(e));
    }

    private static HttpAnswer error(int status, String type, String message) {
        ObjectNode body =
                Json.object().put("Type", "User").put("message", message).put("Message", message);
        return new HttpAnswer(
                status, Map.of("Content-Type", "application/json", "X-Amzn-ErrorType", type), Json.bytes(body));
    }

    private static String message(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    private static CompletionStage<HttpAnswer> done(HttpAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
