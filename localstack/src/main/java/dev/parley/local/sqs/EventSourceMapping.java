package dev.parley.local.sqs;

import dev.parley.catalog.QueueSpec;
import dev.parley.local.lambda.FunctionHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Feeds a function from a FIFO queue, as Lambda's event source mapping does with {@code ReportBatchItemFailures}. A batch
 * is what one receive gives. Batches run side by side; a message group never does, since the queue gives out nothing of a
 * group that has a message in flight. What succeeded is deleted; what failed, and what follows it in its group, comes
 * again in order.
 *
 * <p>Thread-safe.
 */
public final class EventSourceMapping implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventSourceMapping.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final QueueSpec queue;
    private final SqsClient sqs;
    private final FunctionHost host;
    private final EventSourceOptions options;
    private final QueueFaults faults;
    private final ReceiveMessageRequest poll;
    private final Semaphore concurrency;
    private final Thread poller;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;

    /** Starts to poll, and nothing goes wrong on request. */
    public EventSourceMapping(
            QueueSpec queue, String queueUrl, SqsClient sqs, FunctionHost host, EventSourceOptions options) {
        this(queue, queueUrl, sqs, host, options, QueueFaults.none());
    }

    /**
     * Starts to poll.
     *
     * @param sqs stays the caller's; a call of it must be allowed to take longer than the long poll
     * @param faults what goes wrong on request
     */
    public EventSourceMapping(
            QueueSpec queue,
            String queueUrl,
            SqsClient sqs,
            FunctionHost host,
            EventSourceOptions options,
            QueueFaults faults) {
        this.queue = queue;
        this.sqs = sqs;
        this.host = host;
        this.options = options;
        this.faults = faults;
        this.poll = ReceiveMessageRequest.builder()
                .queueUrl(queueUrl)
                .maxNumberOfMessages(queue.batchSize())
                .waitTimeSeconds(Math.toIntExact(options.longPoll().toSeconds()))
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                .messageAttributeNames("All")
                .build();
        this.concurrency = new Semaphore(options.concurrency());
        this.poller = Thread.ofVirtual().name("poll-" + queue.name()).unstarted(this::pollUntilClosed);
        poller.start();
    }

    /** Stops polling and waits up to 5 s for the batches that run. What is not settled then comes again later. */
    @Override
    public void close() {
        closed = true;
        closing.countDown();
        poller.interrupt();
        try {
            if (!poller.join(CLOSE_WAIT)
                    || !concurrency.tryAcquire(options.concurrency(), CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Queue {} is left with batches that still run", queue.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollUntilClosed() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try {
                concurrency.acquire();
                List<Message> messages = receive();
                pause = FIRST_PAUSE;
                if (messages.isEmpty()) {
                    concurrency.release();
                } else {
                    Thread.ofVirtual().name("batch-" + queue.name()).start(() -> runAndRelease(messages));
                }
            } catch (SdkException e) {
                concurrency.release();
                if (closed) {
                    return;
                }
                log.warn("Queue {} cannot be polled: {}", queue.name(), e.getMessage());
                try {
                    Thread.sleep(jittered(pause));
                } catch (InterruptedException interrupted) {
                    return; // closed
                }
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            } catch (InterruptedException e) {
                return; // closed
            }
        }
    }

    private List<Message> receive() {
        return sqs.receiveMessage(poll).messages();
    }

    private void runAndRelease(List<Message> messages) {
        try {
            run(messages);
        } catch (SdkException e) {
            log.warn("Queue {} did not settle a batch, which comes again: {}", queue.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            concurrency.release();
        }
    }

    private void run(List<Message> messages) throws InterruptedException {
        if (closing.await(faults.delay().toMillis(), TimeUnit.MILLISECONDS)) {
            return; // closed: what is held comes again
        }
        Optional<Set<String>> failures = invoke(messages);
        if (failures.isEmpty()) {
            retry(messages);
            return;
        }
        Set<String> failed = failures.get();
        List<Message> done = messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .toList();
        List<Message> again = messages.stream()
                .filter(message -> failed.contains(message.messageId()))
                .toList();
        // Deleted first: the group is free once nothing of it is in flight.
        if (!done.isEmpty() && faults.losesDelete()) {
            hide(done, Duration.ZERO);
        } else {
            delete(done);
        }
        retry(again);
    }

    private Optional<Set<String>> invoke(List<Message> messages) throws InterruptedException {
        String function = queue.consumer().name();
        Duration limit = queue.consumer().timeout().plusSeconds(5); // the host ends it long before
        try {
            byte[] answer = host.invoke(function, SqsEvent.of(queue.name(), messages))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            Optional<Set<String>> failures = SqsEvent.failures(answer, messages);
            if (failures.isEmpty()) {
                log.error("Function {} answered queue {} with an invalid list of failures", function, queue.name());
            }
            return failures;
        } catch (ExecutionException e) {
            log.warn("{} messages of queue {} come again: {}", messages.size(), queue.name(), e.getMessage());
            return Optional.empty();
        } catch (TimeoutException e) {
            log.error("Function {} was not ended by its host", function);
            return Optional.empty();
        }
    }

    private void delete(List<Message> messages) {
        if (!messages.isEmpty()) {
            sqs.deleteMessageBatch(request -> request.queueUrl(poll.queueUrl())
                    .entries(messages.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
        }
    }

    private void retry(List<Message> messages) {
        if (!messages.isEmpty()) {
            // One time for all, so that a group's messages become visible together and keep their order.
            int receives = messages.stream()
                    .mapToInt(EventSourceMapping::receives)
                    .max()
                    .orElse(1);
            hide(messages, backoff(receives));
        }
    }

    private void hide(List<Message> messages, Duration length) {
        if (!messages.isEmpty()) {
            int seconds = Math.toIntExact(length.toSeconds());
            sqs.changeMessageVisibilityBatch(request -> request.queueUrl(poll.queueUrl())
                    .entries(messages.stream()
                            .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .visibilityTimeout(seconds)
                                    .build())
                            .toList()));
        }
    }

    private Duration backoff(int receives) {
        int doublings = Math.clamp(receives - 1, 0, 16);
        return shorter(options.firstRetry().multipliedBy(1L << doublings), options.longestRetry());
    }

    private static int receives(Message message) {
        String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return count == null ? 1 : Integer.parseInt(count);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration jittered(Duration pause) {
        long half = pause.toMillis() / 2;
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }
}
