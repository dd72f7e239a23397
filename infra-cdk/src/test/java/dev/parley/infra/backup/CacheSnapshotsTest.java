package dev.parley.infra.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.Backups;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schedule's arithmetic: the state machine's own expressions, against an ElastiCache that counts as its quota says. */
class CacheSnapshotsTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String QUOTA = "ElastiCache.SnapshotQuotaExceededException";
    private static final Instant START = Instant.parse("2026-03-01T00:07:31.250Z");

    private final JsonNode states = states();

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theNodesOfEachShardMayTakeMoreThanASnapshotAnHour(Phase phase) {
        // Given
        int nodes = 1 + phase.profile().cache().replicas();
        long perDay = DAY.dividedBy(Backups.CACHE.every());

        // Then
        assertThat(nodes * CacheSnapshots.NODE_QUOTA).isGreaterThanOrEqualTo(Math.toIntExact(perDay));
    }

    @Test
    void aSnapshotIsNamedAfterTheMinuteOfItsRun() {
        // When
        Object name = evaluate(text("/Take/Arguments/SnapshotName"), at(START), Map.of());

        // Then
        assertThat(name).isEqualTo("parley-cache-20260301-0007");
    }

    @ParameterizedTest
    // Of all nodes of a shard, of one node only, and of hardly any: snapshots in 24 hours, longest gap in hours,
    // failing runs.
    @CsvSource({"40, 1, false", "20, 5, false", "3, 22, true"})
    void snapshotsAreTakenHourlyAndKeptForAWeekAsFarAsElastiCacheTakesThem(int quota, int gap, boolean fails) {
        // Given
        List<Instant> taken = new ArrayList<>();
        Map<String, Instant> there = new LinkedHashMap<>();
        Duration longest = Duration.ZERO;
        boolean failed = false;

        // When
        for (int hour = 0; hour < 24 * 9; hour++) {
            Instant now = START.plus(Duration.ofHours(hour));
            String refusal = QUOTA;
            if (taken.stream().filter(one -> one.isAfter(now.minus(DAY))).count() < quota) {
                refusal = "";
                if (!taken.isEmpty()) {
                    longest = max(longest, Duration.between(taken.getLast(), now));
                }
                taken.add(now);
                there.put(String.valueOf(evaluate(text("/Take/Arguments/SnapshotName"), at(now), Map.of())), now);
            }
            failed |= run(now, refusal, there);
        }

        // Then
        assertThat(longest).isEqualTo(Duration.ofHours(gap));
        assertThat(failed).isEqualTo(fails);
        Instant end = START.plus(Duration.ofHours(24 * 9 - 1));
        Duration kept = Backups.CACHE.limit();
        assertThat(there.values()).allMatch(one -> !one.isBefore(end.minus(kept).minusSeconds(60)));
        assertThat(there)
                .hasSize(Math.toIntExact(taken.stream()
                        .filter(one -> one.isAfter(end.minus(kept)))
                        .count()));
    }

    @Test
    void whatSomebodyElseTookAndWhatIsBeingMadeIsLeft() {
        // Given
        Map<String, Object> page = Map.of(
                "Snapshots",
                List.of(
                        snapshot("before-the-migration", "available"),
                        snapshot("parley-cache-20250101-0000x", "available"),
                        snapshot("parley-cache-20250101-0000", "creating"),
                        snapshot("parley-cache-20250101-0100", "available")));

        // When
        Object expired = evaluate(text("/List/Output"), at(START, page), Map.of());

        // Then
        assertThat(expired).isEqualTo(List.of("parley-cache-20250101-0100"));
    }

    @Test
    void anotherErrorThanTheQuotaFailsTheRun() {
        assertThat(next(START, "ElastiCache.InvalidReplicationGroupStateException", "", START.toEpochMilli()))
                .isEqualTo("NotTaken");
        assertThat(next(START, QUOTA, "", START.toEpochMilli())).isEqualTo("Done");
    }

    @Test
    void allPagesAreReadBeforeARunIsJudged() {
        // Given
        Map<String, Object> first = Map.of("Snapshots", List.of(), "Marker", "page-2");

        // When
        Object marker = evaluate(text("/List/Assign/marker"), at(START, first), Map.of("marker", ""));

        // Then
        assertThat(marker).isEqualTo("page-2");
        assertThat(next(START, "", "page-2", 0)).isEqualTo("List");
        assertThat(evaluate(text("/List/Arguments"), at(START), Map.of("marker", "page-2")))
                .isEqualTo(Map.of(
                        "ReplicationGroupId", "group", "SnapshotSource", "user", "MaxRecords", 50, "Marker", "page-2"));
        assertThat(evaluate(text("/List/Arguments"), at(START), Map.of("marker", "")))
                .isEqualTo(Map.of("ReplicationGroupId", "group", "SnapshotSource", "user", "MaxRecords", 50));
        assertThat(evaluate(
                        text("/List/Assign/marker"), at(START, Map.of("Snapshots", List.of())), Map.of("marker", "x")))
                .isEqualTo("");
    }

    /** Lists and removes as the state machine does, and says whether the run fails. */
    private boolean run(Instant now, String refusal, Map<String, Instant> there) {
        Map<String, Object> page = Map.of(
                "Snapshots",
                there.keySet().stream().map(name -> snapshot(name, "available")).toList());
        Object newest = evaluate(text("/List/Assign/newest"), at(now, page), Map.of("newest", 0));
        Object expired = evaluate(text("/List/Output"), at(now, page), Map.of());
        assertThat(expired).isInstanceOf(List.class);
        ((List<?>) expired).forEach(there::remove);
        return !next(now, refusal, "", ((Number) newest).longValue()).equals("Done");
    }

    private String next(Instant now, String refusal, String marker, long newest) {
        Map<String, Object> variables = Map.of("refusal", refusal, "marker", marker, "newest", newest);
        for (JsonNode choice : states.at("/More/Choices")) {
            if (Boolean.TRUE.equals(evaluate(choice.path("Condition").asText(), at(now), variables))) {
                return choice.path("Next").asText();
            }
        }
        return states.at("/More/Default").asText();
    }

    private String text(String pointer) {
        String text = states.at(pointer).asText();
        assertThat(text).as(pointer).startsWith("{%").endsWith("%}");
        return text;
    }

    private static Map<String, Object> snapshot(String name, String status) {
        return Map.of("SnapshotName", name, "SnapshotStatus", status);
    }

    private static Map<String, Object> at(Instant now) {
        return at(now, Map.of());
    }

    private static Map<String, Object> at(Instant now, Map<String, Object> result) {
        return Map.of("context", Map.of("Execution", Map.of("StartTime", now.toString())), "result", result);
    }

    private static @Nullable Object evaluate(
            String expression, Map<String, Object> context, Map<String, Object> variables) {
        Jsonata jsonata =
                Jsonata.jsonata(expression.substring(2, expression.length() - 2).strip());
        Jsonata.Frame frame = jsonata.createFrame();
        frame.bind("states", context);
        new HashMap<>(variables).forEach(frame::bind);
        return jsonata.evaluate(null, frame);
    }

    private static JsonNode states() {
        String definition = CacheSnapshots.definition();
        for (Map.Entry<String, String> value :
                CacheSnapshots.substitutions("parley-cache", "group").entrySet()) {
            definition = definition.replace("${" + value.getKey() + "}", value.getValue());
        }
        assertThat(definition).doesNotContain("${");
        try {
            return new ObjectMapper().readTree(definition).path("States");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
