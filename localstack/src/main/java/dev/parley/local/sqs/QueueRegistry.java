package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.sqs.QueueOptions.Redrive;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The queues that there are, by name. Thread-safe. */
final class QueueRegistry {

    private static final int MAX_QUEUES = 1_000;
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,75}\\.fifo");

    private final Map<String, FifoQueue> queues = new ConcurrentHashMap<>();
    private final Clock clock;

    QueueRegistry(Clock clock) {
        this.clock = clock;
    }

    /** Makes a queue, unless there is one of that name. */
    FifoQueue create(QueueOptions options) {
        return queues.computeIfAbsent(options.name(), _ -> new FifoQueue(options, clock));
    }

    /**
     * Makes a queue as CreateQueue asks.
     *
     * @throws SqsError if it is no FIFO queue, or there is one with other attributes
     */
    FifoQueue create(String name, JsonNode attributes) {
        if (!NAME.matcher(name).matches()
                || !attributes.path("FifoQueue").asText().equals("true")) {
            throw new SqsError(
                    SqsError.Code.INVALID_PARAMETER,
                    "Only FIFO queues are served: the name ends in .fifo and FifoQueue is true");
        }
        if (queues.size() >= MAX_QUEUES) {
            throw new SqsError(SqsError.Code.OVER_LIMIT, "There are " + MAX_QUEUES + " queues already");
        }
        QueueOptions options = new QueueOptions(
                name,
                Duration.ofSeconds(attributes.path("VisibilityTimeout").asInt(DEFAULT_VISIBILITY_SECONDS)),
                attributes.path("ContentBasedDeduplication").asBoolean(),
                redrive(attributes.path("RedrivePolicy").asText()));
        FifoQueue queue = create(options);
        if (!queue.options().equals(options)) {
            throw new SqsError(SqsError.Code.QUEUE_NAME_EXISTS, "There is a queue " + name + " with other attributes");
        }
        return queue;
    }

    /**
     * A queue by its name.
     *
     * @throws SqsError if there is none
     */
    FifoQueue get(String name) {
        FifoQueue queue = queues.get(name);
        if (queue == null) {
            throw new SqsError(SqsError.Code.QUEUE_DOES_NOT_EXIST, "The specified queue does not exist.");
        }
        return queue;
    }

    Collection<FifoQueue> all() {
        return queues.values();
    }

    private @Nullable Redrive redrive(String policy) {
        if (policy.isEmpty()) {
            return null;
        }
        try {
            JsonNode json = Json.parse(policy);
            String arn = json.path("deadLetterTargetArn").asText();
            int maxReceives = json.path("maxReceiveCount").asInt();
            if (maxReceives < 1) {
                throw new SqsError(SqsError.Code.INVALID_ATTRIBUTE, "maxReceiveCount is at least 1");
            }
            return new Redrive(get(arn.substring(arn.lastIndexOf(':') + 1)), maxReceives);
        } catch (InvalidJsonException e) {
            throw new SqsError(SqsError.Code.INVALID_ATTRIBUTE, "The redrive policy is no JSON");
        }
    }
}
