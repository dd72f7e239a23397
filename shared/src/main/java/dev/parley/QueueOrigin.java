package dev.parley;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue is, as its URL says.
 *
 * @param origin scheme, host and port
 * @param region the AWS Region in the host; null where something else than AWS answers
 */
record QueueOrigin(URI origin, @Nullable String region) {

    /** The hosts of SQS (AWS General Reference, "Amazon SQS endpoints and quotas"): plain, dual-stack and the oldest. */
    private static final Pattern AWS = Pattern.compile(
            "(?:sqs(?:-fips)?\\.)?([a-z]{2}(?:-[a-z]+)+-\\d)\\.(?:amazonaws\\.com|api\\.aws|queue\\.amazonaws\\.com)(?:\\.cn)?");

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is none
     */
    static QueueOrigin of(String queueUrl) {
        URI url = URI.create(queueUrl);
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("Not the URL of a queue: " + queueUrl);
        }
        Matcher host = AWS.matcher(url.getHost());
        return new QueueOrigin(
                URI.create(url.getScheme() + "://" + url.getRawAuthority()), host.matches() ? host.group(1) : null);
    }
}
