package dev.parley.local.lambda;

import static dev.parley.local.lambda.TestSystem.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessHostTest {

    private static final byte[] EVENT = "{\"op\":1}".getBytes(StandardCharsets.UTF_8);
    private static final AsyncPolicy QUICK =
            new AsyncPolicy(10, List.of(Duration.ofMillis(1), Duration.ofMillis(2)), Duration.ofSeconds(10));

    private final Parley parley = TestSystem.parley();
    private final BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>();
    private final InProcessHost host =
            host(new InProcessOptions(5, 5, Duration.ofSeconds(29), QUICK, Duration.ofMillis(100)));

    private InProcessHost host(InProcessOptions options) {
        List<FunctionSpec> functions = List.of(
                function("Echo", TestFunctions.Echo.class),
                function("Describe", TestFunctions.Describe.class),
                function("Failing", TestFunctions.Failing.class),
                function("Flaky", TestFunctions.Flaky.class),
                function("Stuck", TestFunctions.Stuck.class),
                function("Late", TestFunctions.Stuck.class, Duration.ofMillis(50)),
                function("TooMuch", TestFunctions.TooMuch.class),
                function("Broken", TestFunctions.Broken.class),
                new FunctionSpec("Missing", "dev.parley.Nowhere", 128, Duration.ofSeconds(1)));
        return new InProcessHost(functions, parley, (function, took, ok) -> outcomes.add(ok), options);
    }

    @AfterEach
    void close() {
        host.close();
        parley.close();
    }

    @Test
    void answersWithWhatTheFunctionWrote() throws Exception {
        // When
        byte[] answer = answer("Echo");

        // Then
        assertThat(answer).isEqualTo(EVENT);
        assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsTheFunctionAboutItsInvocation() throws Exception {
        // When
        JsonNode first = Json.parse(answer("Describe"));
        JsonNode second = Json.parse(answer("Describe"));

        // Then
        assertThat(first.get("name").asText()).isEqualTo("Describe");
        assertThat(first.get("arn").asText()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:Describe");
        assertThat(first.get("memory").asInt()).isEqualTo(256);
        assertThat(first.get("remaining").asInt()).isBetween(5_000, 10_000);
        assertThat(first.get("counts_down").asBoolean()).isTrue();
        assertThat(first.get("request").asText())
                .isNotEqualTo(second.get("request").asText());
    }

    @Test
    void saysWhyAFunctionGaveNoAnswer() {
        assertThat(failure("Failing", EVENT).reason()).isEqualTo(Reason.FUNCTION_ERROR);
        assertThat(failure("Failing", EVENT)).hasMessageContaining("the tea is cold");
        assertThat(failure("Late", EVENT).reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure("Nothing", EVENT).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void refusesEventsAndAnswersOver6Mib() {
        assertThat(failure("Echo", new byte[6 * 1024 * 1024 + 1]).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure("TooMuch", EVENT).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThatThrownBy(() -> host.invokeAsync("Echo", new byte[1024 * 1024 + 1]))
                .isInstanceOfSatisfying(
                        InvocationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void saysWhatIsWrongWithAClassThatCannotBeMade() {
        assertThat(failure("Broken", EVENT)).hasMessageContaining("no teapot");
        assertThat(failure("Broken", EVENT).reason()).isEqualTo(Reason.FUNCTION_ERROR);
        assertThat(failure("Missing", EVENT)).hasMessageContaining("dev.parley.Nowhere is not on the class path");
    }

    @Test
    void throttlesBeyondTheConcurrency() {
        // Given
        List<CompletableFuture<byte[]>> running = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            running.add(host.invoke("Stuck", EVENT));
        }

        // When
        InvocationException refused = failure("Echo", EVENT);

        // Then
        assertThat(refused.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(running).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void invocationsOverWhatRunsAtOnceWaitForTheirTurnAndTheirClocksToo() throws Exception {
        try (InProcessHost one =
                host(new InProcessOptions(5, 1, Duration.ofSeconds(29), QUICK, Duration.ofMillis(100)))) {
            // Given: each takes its whole timeout
            List<CompletableFuture<byte[]>> late = new ArrayList<>();
            List<Integer> ended = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                CompletableFuture<byte[]> answer = one.invoke("Late", EVENT);
                late.add(answer.whenComplete((result, error) -> ended.add(number)));
            }

            // When another function is asked meanwhile
            byte[] other = one.invoke("Echo", EVENT).get(5, TimeUnit.SECONDS);

            // Then it does not wait, and those end one after the other
            assertThat(other).isEqualTo(EVENT);
            assertThatThrownBy(() -> late.getLast().get(5, TimeUnit.SECONDS)).hasMessageContaining("longer than 50 ms");
            assertThat(ended).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void whatHasWaitedTooLongForItsTurnIsThrottledAndHoldsUpNobody() throws Exception {
        try (InProcessHost one =
                host(new InProcessOptions(5, 1, Duration.ofMillis(20), QUICK, Duration.ofMillis(100)))) {
            // Given one that takes its 50 ms
            CompletableFuture<byte[]> running = one.invoke("Late", EVENT);

            // When
            CompletableFuture<byte[]> waiting = one.invoke("Late", EVENT);

            // Then
            assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS)).hasMessageContaining("longer than 50 ms");
            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            InvocationException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.THROTTLED));
            assertThatThrownBy(() -> one.invoke("Late", EVENT).get(5, TimeUnit.SECONDS))
                    .as("one that need not wait runs")
                    .hasMessageContaining("longer than 50 ms");
        }
    }

    @Test
    void whatWaitsForItsTurnFailsWhenTheHostCloses() {
        InProcessHost one = host(new InProcessOptions(5, 1, Duration.ofSeconds(29), QUICK, Duration.ofMillis(50)));
        CompletableFuture<byte[]> running = one.invoke("Stuck", EVENT);
        CompletableFuture<byte[]> waiting = one.invoke("Stuck", EVENT);

        one.close();

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasMessageContaining("its process ended");
        assertThat(running).succeedsWithin(Duration.ofSeconds(5)); // it ends when it is interrupted
    }

    @Test
    void givesTheConcurrencyBackAfterATimeout() {
        // Given
        for (int i = 0; i < 10; i++) {
            failure("Late", EVENT);
        }

        // Then
        assertThatCode(() -> {
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                    while (true) {
                        try {
                            host.invoke("Echo", EVENT).get(5, TimeUnit.SECONDS);
                            return;
                        } catch (ExecutionException e) {
                            assertThat(System.nanoTime()).isLessThan(deadline);
                        }
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void triesAnAsynchronousEventThreeTimes() throws Exception {
        // When
        host.invokeAsync("Flaky", EVENT);

        // Then
        assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isFalse();
        assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isFalse();
        assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpOnAnAsynchronousEventThatKeepsFailing() throws Exception {
        // When
        host.invokeAsync("Failing", EVENT);

        // Then
        for (int i = 0; i < 3; i++) {
            assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(outcomes.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void interruptsWhatStillRunsWhenItCloses() {
        // Given
        CompletableFuture<byte[]> running = host.invoke("Stuck", EVENT);

        // When
        host.close();

        // Then
        assertThat(running).succeedsWithin(Duration.ofSeconds(5));
        assertThat(failure("Echo", EVENT)).hasMessageContaining("closed");
    }

    @Test
    void aCrashFailsWhatRunsAndTheNextEventFindsANewEnvironment() throws Exception {
        // Given
        CompletableFuture<byte[]> running = host.invoke("Stuck", EVENT);
        try (Parley next = TestSystem.parley()) {

            // When
            host.crash(next);

            // Then
            assertThat(running)
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(InvocationException.class)
                    .withMessageContaining("its process ended");
            assertThat(answer("Echo")).isEqualTo(EVENT);
        }
    }

    @Test
    void aCrashFailsWhatWaitsForItsTurn() throws Exception {
        try (InProcessHost one =
                        host(new InProcessOptions(5, 1, Duration.ofSeconds(29), QUICK, Duration.ofMillis(100)));
                Parley next = TestSystem.parley()) {
            var _ = one.invoke("Stuck", EVENT);
            CompletableFuture<byte[]> waiting = one.invoke("Stuck", EVENT);

            one.crash(next);

            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasMessageContaining("its process ended");
        }
    }

    @Test
    void anAsynchronousEventIsTriedAgainAfterACrash() throws Exception {
        // Given
        host.invokeAsync("Stuck", EVENT);

        for (int tries = 1; tries <= 3; tries++) {
            // When
            Boolean outcome = null;
            while (outcome == null) {
                host.crash(TestSystem.parley());
                outcome = outcomes.poll(100, TimeUnit.MILLISECONDS);
            }

            // Then
            assertThat(outcome).isFalse();
        }
        assertThat(answer("Echo")).isEqualTo(EVENT);
    }

    private byte[] answer(String function) throws Exception {
        return host.invoke(function, EVENT).get(5, TimeUnit.SECONDS);
    }

    private InvocationException failure(String function, byte[] event) {
        try {
            host.invoke(function, event).get(5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (InvocationException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("Function " + function + " answered");
    }
}
