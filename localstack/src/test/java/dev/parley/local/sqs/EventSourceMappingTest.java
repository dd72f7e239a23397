package dev.parley.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class EventSourceMappingTest {

    private static final byte[] ALL_FINE = "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final EventSourceOptions QUICK =
            new EventSourceOptions(8, Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO);

    private final EmbeddedSqs sqs = new EmbeddedSqs(List.of(TestQueue.SPEC), Clock.systemUTC());
    private final TestQueue queue = new TestQueue(sqs, "test.fifo");
    private final SqsClient client = TestQueue.client(sqs.endpoint());
    private final BlockingQueue<JsonNode> batches = new LinkedBlockingQueue<>();
    private final List<EventSourceMapping> mappings = new ArrayList<>();

    @AfterEach
    void close() {
        mappings.forEach(EventSourceMapping::close);
        client.close();
        queue.close();
        sqs.close();
    }

    @Test
    void invokesWithTheEventOfLambda() throws Exception {
        // Given
        consume(event -> ALL_FINE);

        // When
        String sequence = client.sendMessage(request -> request.queueUrl(queue.url())
                        .messageGroupId("guild")
                        .messageDeduplicationId("7")
                        .messageBody("hello")
                        .messageAttributes(Map.of(
                                "republished",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("true")
                                        .build())))
                .sequenceNumber();

        // Then
        JsonNode event = batches.poll(5, TimeUnit.SECONDS);
        JsonNode first = event.at("/Records/0");
        assertThat(first.path("body").asText()).isEqualTo("hello");
        assertThat(first.path("messageId").asText()).isNotEmpty();
        assertThat(first.path("receiptHandle").asText()).isNotEmpty();
        assertThat(first.path("md5OfBody").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(first.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(first.path("eventSourceARN").asText()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:test.fifo");
        assertThat(first.path("awsRegion").asText()).isEqualTo("us-east-1");
        assertThat(first.at("/attributes/MessageGroupId").asText()).isEqualTo("guild");
        assertThat(first.at("/attributes/MessageDeduplicationId").asText()).isEqualTo("7");
        assertThat(first.at("/attributes/SequenceNumber").asText()).isEqualTo(sequence);
        assertThat(first.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
        assertThat(first.at("/messageAttributes/republished/stringValue").asText())
                .isEqualTo("true");
        awaitDepth(0);
    }

    @Test
    void keepsTheOrderOfAGroupAndNeverRunsItTwice() throws Exception {
        // Given
        int perGroup = 30;
        Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
        Set<String> running = ConcurrentHashMap.newKeySet();
        AtomicBoolean twice = new AtomicBoolean();
        consume(event -> {
            Set<String> groups = ConcurrentHashMap.newKeySet();
            for (JsonNode message : Json.parse(event).path("Records")) {
                String group = message.at("/attributes/MessageGroupId").asText();
                if (groups.add(group) && !running.add(group)) {
                    twice.set(true);
                }
                seen.computeIfAbsent(group, name -> new ArrayList<>())
                        .add(message.path("body").asInt());
            }
            running.removeAll(groups);
            return ALL_FINE;
        });

        // When
        for (int i = 0; i < perGroup; i++) {
            for (String group : List.of("a", "b", "c")) {
                queue.send(group, group + i, "" + i);
            }
        }

        // Then
        awaitDepth(0);
        assertThat(twice).isFalse();
        assertThat(seen.values())
                .hasSize(3)
                .allSatisfy(bodies -> assertThat(bodies).hasSize(perGroup).isSorted());
    }

    @Test
    void runsGroupsSideBySide() throws Exception {
        // Given
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        consume(event -> {
            first.countDown();
            both.countDown();
            await(both);
            return ALL_FINE;
        });

        // When
        queue.send("a", "1", "x");
        assertThat(first.await(5, TimeUnit.SECONDS)).isTrue(); // or one batch would have both
        queue.send("b", "2", "x");

        // Then
        assertThat(both.await(5, TimeUnit.SECONDS)).isTrue();
        awaitDepth(0);
    }

    @Test
    void bringsBackOnlyWhatFailedAndInOrder() throws Exception {
        // Given
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        AtomicBoolean failing = new AtomicBoolean(true);
        for (int i = 1; i <= 3; i++) {
            queue.send("a", "" + i, "" + i);
        }

        // When: the first batch fails from its second message on
        consume(event -> {
            var failures = Json.object();
            var list = failures.putArray("batchItemFailures");
            for (JsonNode message : Json.parse(event).path("Records")) {
                if (failing.get() && message.path("body").asInt() >= 2) {
                    list.addObject()
                            .put("itemIdentifier", message.path("messageId").asText());
                } else {
                    handled.add(message.path("body").asText());
                }
            }
            failing.set(false);
            return Json.bytes(failures);
        });

        // Then
        awaitDepth(0);
        assertThat(handled).containsExactly("1", "2", "3");
    }

    @Test
    void bringsBackAWholeBatchThatThrewAndBuriesItInTheEnd() throws Exception {
        // Given
        consume(event -> {
            throw new IllegalStateException("no");
        });

        // When
        queue.send("a", "1", "poison");

        // Then
        for (int i = 1; i <= 3; i++) {
            JsonNode batch = batches.poll(5, TimeUnit.SECONDS);
            assertThat(batch.at("/Records/0/attributes/ApproximateReceiveCount").asInt())
                    .isEqualTo(i);
        }
        awaitDepth(0);
        assertThat(sqs.depth("test-dead.fifo")).isEqualTo(1);
    }

    @Test
    void aLostDeleteBringsTheBatchBackInOrder() throws Exception {
        // Given
        for (int i = 1; i <= 3; i++) {
            queue.send("a", "" + i, "" + i);
        }
        AtomicBoolean losing = new AtomicBoolean(true);

        // When
        consume(event -> ALL_FINE, faults(Duration.ZERO, losing));

        // Then
        awaitDepth(0);
        JsonNode first = batches.remove();
        JsonNode again = batches.remove();
        assertThat(batches).isEmpty();
        assertThat(first.path("Records")).hasSize(3);
        assertThat(sequenceNumbers(again)).isEqualTo(sequenceNumbers(first));
    }

    @Test
    void aBatchThatIsHeldDoesNotHoldUpTheEnd() {
        // Given
        queue.send("a", "1", "x");
        AtomicBoolean held = new AtomicBoolean(true);
        consume(event -> ALL_FINE, faults(Duration.ofMinutes(1), held));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (held.get()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }

        // When
        mappings.getFirst().close();

        // Then
        assertThat(batches).isEmpty();
        assertThat(sqs.depth("test.fifo")).isEqualTo(1);
    }

    @Test
    void invokesSoonAfterSending() throws Exception {
        // Given
        int count = 300;
        long[] nanos = new long[count];
        BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
        consume(event -> {
            arrived.add(System.nanoTime());
            return ALL_FINE;
        });

        // When
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            queue.send("g" + i % 7, "" + i, "x");
            nanos[i] = arrived.poll(5, TimeUnit.SECONDS) - start;
        }

        // Then: far from a poll's length, on a busy machine too
        Arrays.sort(nanos);
        assertThat(Duration.ofNanos(nanos[count / 2])).isLessThan(Duration.ofMillis(100));
    }

    /** Holds or loses the first batch. */
    private static QueueFaults faults(Duration delay, AtomicBoolean first) {
        return new QueueFaults() {
            @Override
            public Duration delay() {
                return !delay.isZero() && first.getAndSet(false) ? delay : Duration.ZERO;
            }

            @Override
            public boolean losesDelete() {
                return delay.isZero() && first.getAndSet(false);
            }
        };
    }

    private static List<String> sequenceNumbers(JsonNode batch) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode message : batch.path("Records")) {
            numbers.add(message.at("/attributes/SequenceNumber").asText());
        }
        return numbers;
    }

    private void consume(UnaryOperator<byte[]> function) {
        consume(function, QueueFaults.none());
    }

    private void consume(UnaryOperator<byte[]> function, QueueFaults faults) {
        RecordingHost host = new RecordingHost(event -> {
            batches.add(Json.parse(event));
            return function.apply(event);
        });
        mappings.add(new EventSourceMapping(TestQueue.SPEC, queue.url(), client, host, QUICK, faults));
    }

    private void awaitDepth(long depth) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (sqs.depth("test.fifo") != depth) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
