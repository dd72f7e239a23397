package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.digest.Sha256;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The actions on messages (SQS API reference). */
final class MessageActions {

    /** Bytes of one message, and of a batch, body and attributes together (SQS developer guide, "Message quotas"). */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_ID = 128;

    /** The only system attribute that can be sent. */
    private static final String TRACE = "AWSTraceHeader";

    private MessageActions() {}

    static ObjectNode send(FifoQueue queue, SqsRequest request) {
        NewMessage message = message(queue, request);
        if (size(message) > MAX_BYTES) {
            throw new SqsError(
                    SqsError.Code.INVALID_PARAMETER,
                    "One or more parameters are invalid. Reason: Message must be shorter than " + MAX_BYTES
                            + " bytes.");
        }
        SentMessage sent = queue.send(message);
        ObjectNode answer = Json.object()
                .put("MessageId", sent.messageId())
                .put("MD5OfMessageBody", MessageAttributes.md5(message.body()))
                .put("SequenceNumber", sent.sequenceNumber());
        if (!message.attributes().isEmpty()) {
            answer.put("MD5OfMessageAttributes", message.attributes().md5());
        }
        return answer;
    }

    static ObjectNode sendBatch(FifoQueue queue, SqsRequest request) {
        List<SqsRequest> entries = request.entries();
        int bytes = entries.stream()
                .mapToInt(entry -> entry.text("MessageBody").getBytes(StandardCharsets.UTF_8).length
                        + MessageAttributes.of(entry.json().get("MessageAttributes"))
                                .size())
                .sum();
        if (bytes > MAX_BYTES) {
            throw new SqsError(SqsError.Code.BATCH_TOO_LONG, "The batch is over " + MAX_BYTES + " bytes");
        }
        return batch(entries, entry -> send(queue, entry));
    }

    static ObjectNode delete(FifoQueue queue, SqsRequest request) {
        queue.delete(request.text("ReceiptHandle"));
        return Json.object();
    }

    static ObjectNode deleteBatch(FifoQueue queue, SqsRequest request) {
        return batch(request.entries(), entry -> delete(queue, entry));
    }

    static ObjectNode changeVisibility(FifoQueue queue, SqsRequest request) {
        Duration visibility = request.visibility();
        if (visibility == null) {
            throw new SqsError(
                    SqsError.Code.MISSING_PARAMETER, "The request must contain the parameter VisibilityTimeout");
        }
        queue.changeVisibility(request.text("ReceiptHandle"), visibility);
        return Json.object();
    }

    static ObjectNode changeVisibilityBatch(FifoQueue queue, SqsRequest request) {
        return batch(request.entries(), entry -> changeVisibility(queue, entry));
    }

    /** Receives, waiting up to 20 s; ends the wait when the client is gone. */
    static CompletionStage<ObjectNode> receive(FifoQueue queue, SqsRequest request, CompletionStage<Void> gone) {
        int max = request.integer("MaxNumberOfMessages", 1, 10, 1);
        Duration wait = Duration.ofSeconds(request.integer("WaitTimeSeconds", 0, 20, 0));
        CompletableFuture<List<Delivery>> deliveries = queue.receive(max, wait, request.visibility());
        if (!deliveries.isDone()) {
            var _ = gone.thenRun(() -> deliveries.cancel(false));
        }
        return deliveries.thenApply(received -> {
            ObjectNode answer = Json.object();
            if (!received.isEmpty()) {
                ArrayNode messages = answer.putArray("Messages");
                received.forEach(delivery -> messages.add(json(delivery, request)));
            }
            return answer;
        });
    }

    private static ObjectNode json(Delivery delivery, SqsRequest request) {
        NewMessage message = delivery.message();
        ObjectNode json = Json.object()
                .put("MessageId", delivery.sent().messageId())
                .put("ReceiptHandle", delivery.receiptHandle())
                .put("Body", message.body())
                .put("MD5OfBody", MessageAttributes.md5(message.body()));
        List<String> wanted = request.texts("MessageSystemAttributeNames");
        List<String> wantedToo = request.texts("AttributeNames"); // the older name of the same parameter
        ObjectNode attributes = Json.object();
        systemAttributes(delivery).forEach((name, value) -> {
            if (wanted.contains("All")
                    || wanted.contains(name)
                    || wantedToo.contains("All")
                    || wantedToo.contains(name)) {
                attributes.put(name, value);
            }
        });
        if (!attributes.isEmpty()) {
            json.set("Attributes", attributes);
        }
        MessageAttributes own = message.attributes().select(request.texts("MessageAttributeNames"));
        if (!own.isEmpty()) {
            json.set("MessageAttributes", own.json());
            json.put("MD5OfMessageAttributes", own.md5());
        }
        return json;
    }

    private static Map<String, String> systemAttributes(Delivery delivery) {
        Map<String, String> attributes = new TreeMap<>(Map.of(
                "ApproximateReceiveCount", Integer.toString(delivery.receives()),
                "ApproximateFirstReceiveTimestamp", Long.toString(delivery.firstReceivedAt()),
                "SentTimestamp", Long.toString(delivery.sentAt()),
                "SenderId", LocalAccount.ID,
                "MessageGroupId", delivery.message().groupId(),
                "MessageDeduplicationId", delivery.message().deduplicationId(),
                "SequenceNumber", delivery.sent().sequenceNumber()));
        String trace = delivery.message().trace();
        if (trace != null) {
            attributes.put(TRACE, trace);
        }
        return attributes;
    }

    private static NewMessage message(FifoQueue queue, SqsRequest request) {
        String body = request.text("MessageBody");
        String group = bounded("MessageGroupId", request.text("MessageGroupId"));
        @Nullable String deduplicationId = request.optionalText("MessageDeduplicationId");
        if (deduplicationId == null) {
            if (!queue.options().contentDeduplication()) {
                throw new SqsError(
                        SqsError.Code.INVALID_PARAMETER,
                        "The queue should either have ContentBasedDeduplication enabled or"
                                + " MessageDeduplicationId provided explicitly");
            }
            deduplicationId = Sha256.hex(body);
        }
        return new NewMessage(
                body,
                MessageAttributes.of(request.json().get("MessageAttributes")),
                group,
                bounded("MessageDeduplicationId", deduplicationId),
                request.json()
                        .path("MessageSystemAttributes")
                        .path(TRACE)
                        .path("StringValue")
                        .textValue());
    }

    private static int size(NewMessage message) {
        return message.body().getBytes(StandardCharsets.UTF_8).length
                + message.attributes().size();
    }

    private static String bounded(String name, String id) {
        if (id.length() > MAX_ID) {
            throw new SqsError(SqsError.Code.INVALID_PARAMETER, name + " can only be " + MAX_ID + " characters long");
        }
        return id;
    }

    private static ObjectNode batch(List<SqsRequest> entries, Function<SqsRequest, ObjectNode> action) {
        ArrayNode successful = Json.array();
        ArrayNode failed = Json.array();
        for (SqsRequest entry : entries) {
            String id = entry.text("Id");
            try {
                successful.add(action.apply(entry).put("Id", id));
            } catch (SqsError e) {
                failed.add(Json.object()
                        .put("Id", id)
                        .put("SenderFault", true)
                        .put("Code", e.code().queryCode())
                        .put("Message", e.text()));
            }
        }
        ObjectNode answer = Json.object();
        answer.set("Successful", successful);
        answer.set("Failed", failed);
        return answer;
    }
}
