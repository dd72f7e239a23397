package dev.parley.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

class EmbeddedSqsTest {

    private final SettableClock clock = new SettableClock();
    private final EmbeddedSqs sqs = new EmbeddedSqs(List.of(TestQueue.SPEC), clock);
    private final TestQueue queue = new TestQueue(sqs, "test.fifo");
    private final TestQueue dead = new TestQueue(sqs, "test-dead.fifo");

    @AfterEach
    void close() {
        queue.close();
        dead.close();
        sqs.close();
    }

    @Test
    void givesOutAGroupInTheOrderOfSending() {
        // Given
        for (int i = 0; i < 12; i++) {
            queue.send("guild", "id" + i, "body" + i);
        }

        // When
        List<Message> first = queue.receive(10, 0);
        first.forEach(queue::delete);
        List<Message> second = queue.receive(10, 0);

        // Then
        assertThat(first)
                .extracting(Message::body)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "body" + i).toList());
        assertThat(second).extracting(Message::body).containsExactly("body10", "body11");
    }

    @Test
    void givesOutNothingMoreOfAGroupThatHasAMessageInFlight() {
        // Given
        queue.send("a", "1", "a1");
        queue.send("a", "2", "a2");
        queue.send("b", "3", "b1");
        Message inFlight = queue.receive(1, 0).getFirst();

        // Then
        assertThat(queue.bodies(10)).containsExactly("b1");
        queue.delete(inFlight);
        assertThat(queue.bodies(10)).containsExactly("a2");
    }

    @Test
    void numbersMessagesUpwardsIn20Digits() {
        // When
        String first = queue.send("a", "1", "x").sequenceNumber();
        String second = queue.send("b", "2", "x").sequenceNumber();

        // Then
        assertThat(first).matches("\\d{20}");
        assertThat(second).matches("\\d{20}").isGreaterThan(first);
        assertThat(queue.receive(1, 0).getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.SEQUENCE_NUMBER, first)
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "a")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "1")
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    }

    @Test
    void numbersGoOnGrowingInTheNextProcess() {
        // Given
        String before = queue.send("a", "1", "x").sequenceNumber();
        clock.forward(Duration.ofSeconds(1));

        // When
        try (EmbeddedSqs next = new EmbeddedSqs(List.of(TestQueue.SPEC), clock);
                TestQueue same = new TestQueue(next, "test.fifo")) {

            // Then
            assertThat(same.send("a", "2", "x").sequenceNumber()).isGreaterThan(before);
        }
    }

    @Test
    void tellsOfEveryRequestHowLargeItWas() {
        // Given
        Map<String, Integer> told = new ConcurrentHashMap<>();
        try (EmbeddedSqs metered = new EmbeddedSqs(List.of(TestQueue.SPEC), clock, 0, told::put);
                TestQueue ofIt = new TestQueue(metered, "test.fifo")) {

            // When
            ofIt.send("a", "1", "x".repeat(10_000));
            ofIt.delete(ofIt.receive(1, 0).getFirst());

            // Then
            assertThat(told).containsOnlyKeys("SendMessage", "ReceiveMessage", "DeleteMessage");
            assertThat(told.get("SendMessage")).isBetween(10_000, 11_000);
            assertThat(told.get("ReceiveMessage")).isBetween(10_000, 12_000);
            assertThat(told.get("DeleteMessage")).isLessThan(1_000);
        }
    }

    @Test
    void keepsOneOfTwoMessagesWithOneIdWithin5Minutes() {
        // Given
        String first = queue.send("a", "same", "x").messageId();
        clock.forward(Duration.ofMinutes(4));

        // Then
        assertThat(queue.send("a", "same", "x").messageId()).isEqualTo(first);
        assertThat(sqs.depth("test.fifo")).isEqualTo(1);
        clock.forward(Duration.ofMinutes(1));
        assertThat(queue.send("a", "same", "x").messageId()).isNotEqualTo(first);
        assertThat(sqs.depth("test.fifo")).isEqualTo(2);
    }

    @Test
    void givesOutAgainWhatWasNotDeletedInTime() {
        // Given
        queue.send("a", "1", "a1");
        queue.send("a", "2", "a2");
        Message late = queue.receive(1, 0).getFirst();

        // When
        clock.forward(Duration.ofSeconds(60));

        // Then
        List<Message> again = queue.receive(10, 0);
        assertThat(again).extracting(Message::body).containsExactly("a1", "a2");
        assertThat(again.getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        assertThatThrownBy(() -> queue.delete(late)).hasMessageContaining("expired");
        assertThatThrownBy(() -> queue.hide(late, 0)).isInstanceOf(MessageNotInflightException.class);
    }

    @Test
    void holdsTheGroupUntilTheLastMessageInFlightIsSettled() {
        // Given
        for (int i = 1; i <= 3; i++) {
            queue.send("a", "" + i, "a" + i);
        }
        List<Message> batch = queue.receive(3, 0);

        // When
        queue.delete(batch.get(0));
        queue.hide(batch.get(1), 0);

        // Then
        assertThat(queue.bodies(10)).isEmpty();
        queue.hide(batch.get(2), 0);
        assertThat(queue.bodies(10)).containsExactly("a2", "a3");
    }

    @Test
    void movesWhatWasReceivedTooOftenToTheDeadLetterQueue() {
        // Given
        queue.send("a", "1", "poison");
        queue.send("a", "2", "fine");
        for (int i = 0; i < 3; i++) {
            queue.hide(queue.receive(1, 0).getFirst(), 0);
        }

        // Then
        assertThat(queue.bodies(10)).containsExactly("fine");
        assertThat(dead.bodies(10)).containsExactly("poison");
    }

    @Test
    void answersAWaitingReceiveWhenAMessageComes() {
        // Given
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(() -> queue.receive(10, 20));

        // When
        dead.client()
                .sendMessage(request -> request.queueUrl(queue.url())
                        .messageGroupId("a")
                        .messageDeduplicationId("1")
                        .messageBody("hello"));

        // Then
        assertThat(waiting)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(messages ->
                        assertThat(messages).extracting(Message::body).containsExactly("hello"));
    }

    @Test
    void endsAWaitWithoutMessages() {
        // Given
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(() -> queue.receive(10, 5));

        // When
        assertThat(waiting).failsWithin(Duration.ofMillis(300)); // still waits: the clock stands
        clock.forward(Duration.ofSeconds(5));

        // Then
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(List.of());
    }

    @Test
    void carriesMessageAttributesWithDigestsThatTheSdkChecks() {
        // When: the SDK compares the MD5 of body and attributes on both ways
        queue.client()
                .sendMessage(request -> request.queueUrl(queue.url())
                        .messageGroupId("a")
                        .messageDeduplicationId("1")
                        .messageBody("größer 漢字 🙂")
                        .messageAttributes(Map.of(
                                "republished",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("true")
                                        .build(),
                                "raw",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, -1}))
                                        .build())));
        Message message = queue.receive(1, 0).getFirst();

        // Then
        assertThat(message.body()).isEqualTo("größer 漢字 🙂");
        assertThat(message.messageAttributes().get("republished").stringValue()).isEqualTo("true");
        assertThat(message.messageAttributes().get("raw").binaryValue().asByteArray())
                .containsExactly(0, 1, -1);
    }

    @Test
    void actsOnBatchesEntryByEntry() {
        // When
        SendMessageBatchResponse sent = queue.client()
                .sendMessageBatch(request -> request.queueUrl(queue.url())
                        .entries(entry("x", "a", "1"), entry("y", "a", "2"), entry("z", "a".repeat(129), "3")));
        List<Message> messages = queue.receive(10, 0);
        queue.client()
                .deleteMessageBatch(request -> request.queueUrl(queue.url())
                        .entries(messages.stream()
                                .map(message -> DeleteMessageBatchRequestEntry.builder()
                                        .id(message.body())
                                        .receiptHandle(message.receiptHandle())
                                        .build())
                                .toList()));

        // Then
        assertThat(sent.successful()).extracting(result -> result.id()).containsExactly("x", "y");
        assertThat(sent.failed()).extracting(result -> result.id()).containsExactly("z");
        assertThat(sqs.depth("test.fifo")).isZero();
    }

    @Test
    void makesQueuesOnRequest() {
        // When
        String url = queue.client()
                .createQueue(request -> request.queueName("more.fifo")
                        .attributes(Map.of(
                                QueueAttributeName.FIFO_QUEUE, "true",
                                QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                .queueUrl();
        for (int i = 0; i < 2; i++) {
            queue.client()
                    .sendMessage(
                            request -> request.queueUrl(url).messageGroupId("a").messageBody("same text"));
        }

        // Then
        assertThat(url).isEqualTo(sqs.queueUrl("more.fifo"));
        assertThat(queue.client()
                        .getQueueUrl(request -> request.queueName("more.fifo"))
                        .queueUrl())
                .isEqualTo(url);
        assertThat(queue.client()
                        .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1")
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    }

    @Test
    void refusesWhatSqsRefuses() {
        assertThatThrownBy(() -> new TestQueue(sqs, "none.fifo").receive(1, 0))
                .isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() -> queue.receive(11, 0)).isInstanceOf(SqsException.class);
        assertThatThrownBy(() -> queue.send("a", "1", "x".repeat(1024 * 1024 + 1)))
                .hasMessageContaining("shorter than 1048576");
        assertThatThrownBy(() -> queue.client()
                        .sendMessage(request -> request.queueUrl(queue.url())
                                .messageGroupId("a")
                                .messageBody("x")))
                .hasMessageContaining("MessageDeduplicationId");
    }

    @Test
    void forgetsAWaitWhoseClientHasGone() {
        // Given
        TestQueue leaving = new TestQueue(sqs, "test.fifo");
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(() -> leaving.client()
                .receiveMessage(request -> request.queueUrl(leaving.url())
                        .waitTimeSeconds(20)
                        .overrideConfiguration(config -> config.apiCallTimeout(Duration.ofMillis(200))))
                .messages());
        assertThat(waiting).failsWithin(Duration.ofSeconds(5));
        leaving.close();

        // When
        queue.send("a", "1", "for who is there");

        // Then
        assertThat(queue.bodies(10)).containsExactly("for who is there");
    }

    private static SendMessageBatchRequestEntry entry(String id, String group, String deduplicationId) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageGroupId(group)
                .messageDeduplicationId(deduplicationId)
                .messageBody(id)
                .build();
    }
}
