package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The event that a function gets from a queue, and the answer that tells which of its messages failed (Lambda developer
 * guide, "Using Lambda with Amazon SQS" and "Handling errors for an SQS event source in Lambda").
 */
final class SqsEvent {

    private SqsEvent() {}

    static byte[] of(String queueName, List<Message> messages) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.add(entry(queueName, message)));
        return Json.bytes(event);
    }

    /**
     * The ids of the messages that the function could not handle.
     *
     * @return empty if the answer names a message that was not in the batch, or none where it should: all failed then
     */
    static Optional<Set<String>> failures(byte[] answer, List<Message> messages) {
        JsonNode json;
        try {
            json = Json.parse(answer);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
        Set<String> known = messages.stream().map(Message::messageId).collect(Collectors.toSet());
        Set<String> failed = new HashSet<>();
        for (JsonNode failure : json.path("batchItemFailures")) {
            String id = failure.path("itemIdentifier").asText();
            if (!known.contains(id)) {
                return Optional.empty();
            }
            failed.add(id);
        }
        return Optional.of(failed);
    }

    private static ObjectNode entry(String queueName, Message message) {
        ObjectNode json = Json.object()
                .put("messageId", message.messageId())
                .put("receiptHandle", message.receiptHandle())
                .put("body", message.body());
        ObjectNode attributes = json.putObject("attributes");
        message.attributesAsStrings().forEach(attributes::put);
        ObjectNode own = json.putObject("messageAttributes");
        message.messageAttributes().forEach((name, value) -> own.set(name, attribute(value)));
        if (message.md5OfMessageAttributes() != null) {
            json.put("md5OfMessageAttributes", message.md5OfMessageAttributes());
        }
        return json.put("md5OfBody", message.md5OfBody())
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", LocalAccount.queueArn(queueName))
                .put("awsRegion", LocalAccount.REGION);
    }

    private static ObjectNode attribute(MessageAttributeValue value) {
        ObjectNode json = Json.object();
        if (value.binaryValue() == null) {
            json.put("stringValue", value.stringValue());
        } else {
            json.put("binaryValue", value.binaryValue().asByteArray());
        }
        json.putArray("stringListValues");
        json.putArray("binaryListValues");
        return json.put("dataType", value.dataType());
    }
}
