package dev.parley.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a local cloud counts itself, read from its metrics. */
final class CloudPage {

    private static final Pattern LINE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;

    CloudPage(String baseUrl) {
        request = HttpRequest.newBuilder(URI.create(baseUrl + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** Invocations, requests to SQS, posts and frames so far. */
    Counts counts() {
        Counts counts = new Counts();
        each((name, labels, value) -> {
            switch (name) {
                case "lambda_invocation_duration_seconds_count" ->
                    counts.add(new Count(Count.Kind.INVOCATION, "Lambda", label(labels, "function")), value);
                case "sqs_requests_total" ->
                    counts.add(new Count(Count.Kind.QUEUE, "SQS", label(labels, "action")), value);
                case "parley_posts_total" -> counts.add(new Count(Count.Kind.POST, "delivery", "POST"), value);
                case "gateway_messages_total" ->
                    counts.add(new Count(Count.Kind.FRAME, "API Gateway", label(labels, "direction")), value);
                default -> {
                    // Not counted.
                }
            }
        });
        return counts;
    }

    /** Messages in the queues, those that somebody is at included. */
    double queued() {
        double[] sum = {0};
        each((name, _, value) -> sum[0] += name.equals("queue_messages") ? value : 0);
        return sum[0];
    }

    private interface Sample {

        void take(String name, String labels, double value);
    }

    private void each(Sample sample) {
        page().lines().forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                String labels = parts.group(2) == null ? "" : parts.group(2);
                sample.take(parts.group(1), labels, Double.parseDouble(parts.group(3)));
            }
        });
    }

    private String page() {
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String label(String labels, String name) {
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            if (label.group(1).equals(name)) {
                return label.group(2);
            }
        }
        return "";
    }
}
