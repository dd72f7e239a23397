package dev.parley.local.alert;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for {@code /health} as somebody outside would. No answer within 5 s counts as one that is not 200. */
public final class HealthProbe implements Probe, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest question;

    /** @param baseUrl the HTTP API, without a slash at the end */
    public HealthProbe(String baseUrl) {
        question = HttpRequest.newBuilder(URI.create(baseUrl + "/health"))
                .timeout(PATIENCE)
                .build();
    }

    @Override
    public void measure(Map<Measure, Double> into) {
        try {
            int status =
                    http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode();
            into.put(Measure.HEALTHY, status == 200 ? 1.0 : 0.0);
        } catch (IOException e) {
            log.debug("No answer to /health", e);
            into.put(Measure.HEALTHY, 0.0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
