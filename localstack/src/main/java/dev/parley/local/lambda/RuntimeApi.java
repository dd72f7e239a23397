package dev.parley.local.lambda;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Lambda runtime API of all environments, each under a path of its own. Thread-safe. */
final class RuntimeApi implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/(?<environment>\\d+)/2018-06-01/runtime/(?<rest>.+)");

    // Room for answers that are too large, which are refused with the function's name.
    private static final int MAX_BODY = 4 * PayloadLimits.SYNC;

    private final Map<String, Environment> environments = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LoopbackHttpServer server = new LoopbackHttpServer("runtime-api", MAX_BODY, this::answer);

    /** Serves an environment until it ends. Returns what its process gets as {@code AWS_LAMBDA_RUNTIME_API}. */
    String serve(Environment environment) {
        String number = Long.toString(numbers.incrementAndGet());
        environments.put(number, environment);
        var _ = environment.over().thenRun(() -> environments.remove(number));
        return server.endpoint().getAuthority() + "/" + number;
    }

    @Override
    public void close() {
        server.close();
    }

    private CompletionStage<HttpAnswer> answer(HttpQuestion question) {
        Matcher path = PATH.matcher(question.path());
        Environment environment = path.matches() ? environments.get(path.group("environment")) : null;
        return environment == null
                ? CompletableFuture.completedFuture(HttpAnswer.empty(404))
                : environment.answer(path.group("rest"), question.body());
    }
}
