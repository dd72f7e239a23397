package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.catalog.QueueSpec;
import dev.parley.local.lambda.HttpAnswer;
import dev.parley.local.lambda.HttpQuestion;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.local.lambda.LoopbackHttpServer;
import dev.parley.local.sqs.QueueOptions.Redrive;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * SQS FIFO queues in memory, behind the JSON protocol that the SDK's SQS client speaks, on the loopback interface.
 * Messages are lost with the process. Signatures are not checked, messages do not grow old, and only FIFO queues exist.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedSqs implements AutoCloseable {

    private static final String TARGET_PREFIX = "AmazonSQS.";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final int MAX_REQUEST = 8 * 1024 * 1024; // a batch of 1 MiB, as JSON escapes it at worst
    private static final Duration TICK = Duration.ofMillis(100);

    private final QueueRegistry queues;
    private final QueueActions actions;
    private final QueueMeter meter;
    private final LoopbackHttpServer server;
    private final ScheduledThreadPoolExecutor ticker;
    private final Future<?> ticking;

    /**
     * Starts to answer on a free port, with a queue and a dead-letter queue for each that is given.
     *
     * @param clock decides on visibility timeouts, waits and deduplication
     */
    public EmbeddedSqs(List<QueueSpec> specs, Clock clock) {
        this(specs, clock, 0, QueueMeter.none());
    }

    /**
     * Starts to answer on a port of the caller's choice.
     *
     * @param port 0 for any free one
     * @param meter hears of every request
     */
    public EmbeddedSqs(List<QueueSpec> specs, Clock clock, int port, QueueMeter meter) {
        this.meter = meter;
        queues = new QueueRegistry(clock);
        for (QueueSpec spec : specs) {
            FifoQueue dead =
                    queues.create(new QueueOptions(spec.deadLetterName(), spec.visibilityTimeout(), false, null));
            queues.create(new QueueOptions(
                    spec.name(), spec.visibilityTimeout(), false, new Redrive(dead, spec.maxReceives())));
        }
        actions = new QueueActions(queues, this::queueUrl);
        server = new LoopbackHttpServer("sqs", port, MAX_REQUEST, this::answer);
        ticker = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("sqs-ticks").factory());
        ticking = ticker.scheduleWithFixedDelay(
                () -> queues.all().forEach(FifoQueue::tick), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What an SDK client takes as its endpoint override. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The URL that requests name a queue by, whether it exists or not. */
    public String queueUrl(String name) {
        return queueUrl(endpoint().getPort(), name);
    }

    /** The URL of a queue behind a port of this machine. */
    public static String queueUrl(int port, String name) {
        return "http://127.0.0.1:" + port + "/" + LocalAccount.ID + "/" + name;
    }

    /**
     * The messages in a queue that are not yet deleted, those in flight included.
     *
     * @throws IllegalArgumentException if there is no such queue
     */
    public long depth(String name) {
        try {
            FifoQueue.Counts counts = queues.get(name).counts();
            return counts.visible() + counts.inFlight();
        } catch (SqsError e) {
            throw new IllegalArgumentException("There is no queue " + name, e);
        }
    }

    /** Ends every wait and stops listening. */
    @Override
    public void close() {
        ticking.cancel(false);
        ticker.shutdownNow();
        queues.all().forEach(FifoQueue::close);
        server.close();
    }

    private CompletionStage<HttpAnswer> answer(HttpQuestion question) {
        try {
            return act(question)
                    .thenApply(json -> metered(
                            question, new HttpAnswer(200, Map.of("Content-Type", CONTENT_TYPE), Json.bytes(json))));
        } catch (SqsError e) {
            return CompletableFuture.completedFuture(metered(question, refusal(e)));
        }
    }

    private HttpAnswer metered(HttpQuestion question, HttpAnswer answer) {
        @Nullable String target = question.header("X-Amz-Target");
        if (target != null && target.startsWith(TARGET_PREFIX)) {
            meter.queueRequest(
                    target.substring(TARGET_PREFIX.length()), Math.max(question.body().length, answer.body().length));
        }
        return answer;
    }

    private CompletionStage<ObjectNode> act(HttpQuestion question) {
        @Nullable String target = question.header("X-Amz-Target");
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            throw new SqsError(SqsError.Code.UNSUPPORTED, "Only the JSON protocol of SQS is answered here");
        }
        SqsRequest request = new SqsRequest(parse(question.body()));
        String action = target.substring(TARGET_PREFIX.length());
        if (action.equals("ReceiveMessage")) {
            return MessageActions.receive(actions.queue(request), request, question.gone());
        }
        return CompletableFuture.completedFuture(
                switch (action) {
                    case "SendMessage" -> MessageActions.send(actions.queue(request), request);
                    case "SendMessageBatch" -> MessageActions.sendBatch(actions.queue(request), request);
                    case "DeleteMessage" -> MessageActions.delete(actions.queue(request), request);
                    case "DeleteMessageBatch" -> MessageActions.deleteBatch(actions.queue(request), request);
                    case "ChangeMessageVisibility" -> MessageActions.changeVisibility(actions.queue(request), request);
                    case "ChangeMessageVisibilityBatch" ->
                        MessageActions.changeVisibilityBatch(actions.queue(request), request);
                    case "CreateQueue" -> actions.create(request);
                    case "GetQueueUrl" -> actions.url(request);
                    case "GetQueueAttributes" -> actions.attributes(request);
                    case "ListQueues" -> actions.list(request);
                    case "PurgeQueue" -> actions.purge(request);
                    default -> throw new SqsError(SqsError.Code.UNSUPPORTED, action + " is not answered here");
                });
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (InvalidJsonException e) {
            throw new SqsError(SqsError.Code.INVALID_PARAMETER, "The request is no JSON");
        }
    }

    private static HttpAnswer refusal(SqsError error) {
        return new HttpAnswer(
                400,
                Map.of(
                        "Content-Type",
                        CONTENT_TYPE,
                        "x-amzn-query-error",
                        error.code().queryCode() + ";Sender"),
                Json.bytes(Json.object()
                        .put("__type", "com.amazonaws.sqs#" + error.code().shape())
                        .put("message", error.text())));
    }
}
