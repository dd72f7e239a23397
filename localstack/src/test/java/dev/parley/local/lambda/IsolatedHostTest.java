package dev.parley.local.lambda;

import static dev.parley.local.lambda.TestSystem.function;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.lambda.EnvironmentState.Phase;
import dev.parley.local.lambda.InvocationException.Reason;
import dev.parley.protocol.Json;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the Lambda runtime client has a native library for Linux only")
class IsolatedHostTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Set<String> lines = ConcurrentHashMap.newKeySet();
    private final IsolatedHost host = new IsolatedHost(
            List.of(
                    function("Describe", TestFunctions.Describe.class, LONG),
                    function("Failing", TestFunctions.Failing.class, LONG),
                    function("Stuck", TestFunctions.Stuck.class, Duration.ofSeconds(8)),
                    function("Broken", TestFunctions.Broken.class, LONG),
                    function("Hooked", IsolatedFunctions.Hooked.class, LONG),
                    function("Suicidal", IsolatedFunctions.Suicidal.class, LONG)),
            TestSystem.environment(),
            new IsolatedOptions(
                    2,
                    3,
                    2,
                    Duration.ofMinutes(1),
                    Duration.ofMillis(100),
                    AsyncPolicy.local(),
                    (function, line) -> lines.add(line),
                    InvocationMeter.none()));

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void runsAFunctionInTwoEnvironmentsAtOnceAndKeepsThemWarm() throws Exception {
        // When
        CompletableFuture<byte[]> one = host.invoke("Describe", event("{}"));
        CompletableFuture<byte[]> other = host.invoke("Describe", event("{}"));
        JsonNode first = Json.parse(one.get(60, TimeUnit.SECONDS));
        JsonNode second = Json.parse(other.get(60, TimeUnit.SECONDS));
        JsonNode third = Json.parse(answer("Describe", "{}"));

        // Then
        long pid = first.get("pid").asLong();
        long otherPid = second.get("pid").asLong();
        assertThat(Set.of(pid, otherPid, ProcessHandle.current().pid())).hasSize(3);
        assertThat(third.get("pid").asLong()).isIn(pid, otherPid);
        assertThat(first.get("name").asText()).isEqualTo("Describe");
        assertThat(first.get("arn").asText()).endsWith(":function:Describe");
        assertThat(first.get("counts_down").asBoolean()).isTrue();
        assertThat(host.environments("Describe"))
                .hasSize(2)
                .allSatisfy(environment -> assertThat(environment.phases())
                        .containsExactly(Phase.STARTED, Phase.CHECKPOINTED, Phase.RESTORED, Phase.READY));

        // When
        host.close();

        // Then
        for (long process : List.of(pid, otherPid)) {
            awaitEnd(process);
        }
    }

    @Test
    void runsTheHooksAroundASnapshot() throws Exception {
        assertThat(answer("Hooked", "{}")).asString(StandardCharsets.UTF_8).isEqualTo("true");
    }

    @Test
    void aCrashFailsWhatRunsAndTheNextEventFindsANewProcess() throws Exception {
        // Given
        long pid = Json.parse(answer("Describe", "{}")).get("pid").asLong();

        // When
        host.crash();

        // Then
        awaitEnd(pid);
        assertThat(Json.parse(answer("Describe", "{}")).get("pid").asLong()).isNotEqualTo(pid);
    }

    @Test
    void givesTheErrorOfTheFunctionAndKeepsItsEnvironment() {
        // When
        InvocationException first = failure("Failing", "{}");
        long pid = host.environments("Failing").getFirst().pid();
        InvocationException second = failure("Failing", "{}");

        // Then
        assertThat(first.reason()).isEqualTo(Reason.FUNCTION_ERROR);
        assertThat(first).hasMessageContaining("the tea is cold");
        assertThat(second).hasMessageContaining("the tea is cold");
        assertThat(host.environments("Failing"))
                .singleElement()
                .satisfies(environment -> assertThat(environment.pid()).isEqualTo(pid));
    }

    @Test
    void endsAFunctionThatTakesTooLong() {
        // When
        InvocationException failure = failure("Stuck", "{}");

        // Then
        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void replacesAnEnvironmentThatDied() throws Exception {
        // Given
        answer("Suicidal", "\"hello\"");
        long pid = host.environments("Suicidal").getFirst().pid();

        // When
        InvocationException failure = failure("Suicidal", "\"die\"");

        // Then
        assertThat(failure.reason()).isEqualTo(Reason.FUNCTION_ERROR);
        assertThat(failure).hasMessageContaining("status 7");
        assertThat(answer("Suicidal", "\"hello\""))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\"alive\"");
        assertThat(host.environments("Suicidal"))
                .singleElement()
                .satisfies(environment -> assertThat(environment.pid()).isNotEqualTo(pid));
    }

    @Test
    void replacesAnEnvironmentThatWasKilledWhileItWaited() throws Exception {
        // Given
        answer("Suicidal", "\"hello\"");
        long pid = host.environments("Suicidal").getFirst().pid();

        // When
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        process.ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(pid);

        // Then: the host may hear of the end a moment later, and the function fails once then
        assertThat(answerOfTwoTries("Suicidal"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\"alive\"");
    }

    @Test
    void saysWhatAFunctionThatCannotStartSaid() {
        // When
        InvocationException failure = failure("Broken", "{}");

        // Then
        assertThat(failure.reason()).isEqualTo(Reason.FUNCTION_ERROR);
        assertThat(lines).anyMatch(line -> line.contains("no teapot"));
    }

    @Test
    void leavesNoEnvironmentBehindWhenItsProcessIsKilled() throws Exception {
        // Given
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IsolatedParent.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.matches("\\d+")) {
                line = output.readLine();
            }
            assertThat(line).as("process id").isNotNull();

            // When
            parent.destroyForcibly();

            // Then
            awaitEnd(Long.parseLong(line));
        } finally {
            parent.destroyForcibly();
        }
    }

    private byte[] answerOfTwoTries(String function) throws Exception {
        try {
            return answer(function, "\"hello\"");
        } catch (ExecutionException e) {
            return answer(function, "\"hello\"");
        }
    }

    private byte[] answer(String function, String event) throws Exception {
        return host.invoke(function, event(event)).get(60, TimeUnit.SECONDS);
    }

    private InvocationException failure(String function, String event) {
        try {
            answer(function, event);
        } catch (ExecutionException e) {
            return (InvocationException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("Function " + function + " answered");
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(10, TimeUnit.SECONDS);
        }
    }

    private static byte[] event(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
