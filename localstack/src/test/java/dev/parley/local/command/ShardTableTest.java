package dev.parley.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import dev.parley.shard.MovePhase;
import dev.parley.shard.ShardStatus;
import dev.parley.shard.ShardStatus.Cluster;
import dev.parley.shard.ShardStatus.Counted;
import dev.parley.shard.ShardStatus.Filled;
import dev.parley.shard.ShardStatus.Move;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTableTest {

    private static final ShardStatus STATUS = new ShardStatus(
            7,
            List.of(
                    new Cluster("zero", 1_023, 40_000_000, List.of(new Filled(3, 12, null), new Filled(900, 2, null))),
                    new Cluster("cluster-2", 1, 900, List.of(new Filled(17, 1_500, null)))),
            List.of(new Move(3, "zero", "cluster-2", MovePhase.CATCHING_UP)));

    @Test
    void alignsWhatItShows() {
        assertThat(new ShardTable(STATUS, 2).lines())
                .containsExactly(
                        "CLUSTER    SHARDS  WITH CHANNELS  DATABASE",
                        "zero        1,023              2  38.1 MiB",
                        "cluster-2       1              1     900 B",
                        "",
                        "SHARD  CLUSTER    CHANNELS",
                        "   17  cluster-2     1,500",
                        "    3  zero             12",
                        "… and 1 more with channels; --all shows them",
                        "",
                        "MOVING  FROM  TO         PHASE",
                        "     3  zero  cluster-2  catching up");
    }

    @Test
    void showsMessagesWhereTheyAreCounted() {
        // Given
        ShardStatus counted = new ShardStatus(
                1,
                List.of(new Cluster(
                        "zero",
                        1_024,
                        2_048,
                        List.of(
                                new Filled(1, 9, new Counted(10, 2_000)),
                                new Filled(2, 1, new Counted(12_000, 3_000_000))))),
                List.of());

        // Then the one with the most is the first
        assertThat(new ShardTable(counted, 10).lines())
                .containsExactly(
                        "CLUSTER  SHARDS  WITH CHANNELS  DATABASE",
                        "zero      1,024              2   2.0 KiB",
                        "",
                        "SHARD  CLUSTER  CHANNELS  MESSAGES  THEIR SIZE",
                        "    2  zero            1    12,000     2.9 MiB",
                        "    1  zero            9        10     2.0 KiB");
    }

    @Test
    void saysTheSameAsJson() {
        // When
        JsonNode json = Json.parse(new ShardTable(STATUS, 1).json());

        // Then
        assertThat(json.path("version").asInt()).isEqualTo(7);
        assertThat(json.at("/clusters/1/filled/0/shard").asInt()).isEqualTo(17);
        assertThat(json.at("/moves/0/phase").asText()).isEqualTo("CATCHING_UP");
    }
}
