package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.local.sqs.QueueOptions.Redrive;
import dev.parley.protocol.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The actions on queues (SQS API reference). Thread-safe. */
final class QueueActions {

    private final QueueRegistry queues;
    private final Function<String, String> urls;

    /**
     * Actions on a registry's queues.
     *
     * @param urls gives a queue's URL by its name
     */
    QueueActions(QueueRegistry queues, Function<String, String> urls) {
        this.queues = queues;
        this.urls = urls;
    }

    /** The queue that a request means by its {@code QueueUrl}. */
    FifoQueue queue(SqsRequest request) {
        String url = request.text("QueueUrl");
        return queues.get(url.substring(url.lastIndexOf('/') + 1));
    }

    ObjectNode create(SqsRequest request) {
        FifoQueue queue =
                queues.create(request.text("QueueName"), request.json().path("Attributes"));
        return url(queue);
    }

    ObjectNode url(SqsRequest request) {
        return url(queues.get(request.text("QueueName")));
    }

    ObjectNode list(SqsRequest request) {
        String prefix = request.json().path("QueueNamePrefix").asText();
        ArrayNode list = Json.array();
        queues.all().stream()
                .map(queue -> queue.options().name())
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .forEach(name -> list.add(urls.apply(name)));
        ObjectNode answer = Json.object();
        answer.set("QueueUrls", list);
        return answer;
    }

    ObjectNode purge(SqsRequest request) {
        queue(request).purge();
        return Json.object();
    }

    ObjectNode attributes(SqsRequest request) {
        List<String> wanted = request.texts("AttributeNames");
        ObjectNode attributes = Json.object();
        attributes(queue(request)).forEach((name, value) -> {
            if (wanted.contains("All") || wanted.contains(name)) {
                attributes.put(name, value);
            }
        });
        ObjectNode answer = Json.object();
        answer.set("Attributes", attributes);
        return answer;
    }

    private ObjectNode url(FifoQueue queue) {
        return Json.object().put("QueueUrl", urls.apply(queue.options().name()));
    }

    private static Map<String, String> attributes(FifoQueue queue) {
        QueueOptions options = queue.options();
        FifoQueue.Counts counts = queue.counts();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("QueueArn", LocalAccount.queueArn(options.name()));
        attributes.put("FifoQueue", "true");
        attributes.put("ContentBasedDeduplication", Boolean.toString(options.contentDeduplication()));
        attributes.put(
                "VisibilityTimeout", Long.toString(options.visibilityTimeout().toSeconds()));
        attributes.put("MaximumMessageSize", Integer.toString(MessageActions.MAX_BYTES));
        attributes.put("DelaySeconds", "0");
        attributes.put("ApproximateNumberOfMessages", Long.toString(counts.visible()));
        attributes.put("ApproximateNumberOfMessagesNotVisible", Long.toString(counts.inFlight()));
        attributes.put("ApproximateNumberOfMessagesDelayed", "0");
        Redrive redrive = options.redrive();
        if (redrive != null) {
            attributes.put(
                    "RedrivePolicy",
                    Json.text(Json.object()
                            .put(
                                    "deadLetterTargetArn",
                                    LocalAccount.queueArn(
                                            redrive.deadLetters().options().name()))
                            .put("maxReceiveCount", redrive.maxReceives())));
        }
        return attributes;
    }
}
