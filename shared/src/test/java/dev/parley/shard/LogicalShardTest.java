package dev.parley.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogicalShardTest {

    @Test
    void aGuildIsWhollyInOneShard() {
        Snowflake guild = new Snowflake(81384788765712384L);

        assertThat(LogicalShard.of(guild, new Snowflake(381870553235193857L))).isEqualTo(LogicalShard.ofGuild(guild));
        assertThat(LogicalShard.ofGuild(guild).number()).isEqualTo((int) ((81384788765712384L >> 22) % 1024));
    }

    @Test
    void aDirectMessageChannelGoesByItsOwnId() {
        Snowflake channel = new Snowflake(381870553235193857L);

        assertThat(LogicalShard.of(null, channel)).isEqualTo(LogicalShard.ofGroup(channel));
    }

    @Test
    void guildsThatAreMadeOneAfterAnotherAreSpreadEvenly() {
        // Given
        Map<LogicalShard, Integer> guilds = new HashMap<>();

        // When
        for (int made = 0; made < 4 * LogicalShard.COUNT; made++) {
            guilds.merge(LogicalShard.ofGuild(new Snowflake((long) made << 22 | 7)), 1, Integer::sum);
        }

        // Then
        assertThat(guilds).hasSize(LogicalShard.COUNT);
        assertThat(guilds.values()).containsOnly(4);
    }

    @Test
    void thereAreNoOtherNumbers() {
        assertThatThrownBy(() -> new LogicalShard(1024)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogicalShard(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheMapDoesNotNameIsWithTheDirectory() {
        ShardMap map = new ShardMap(3, Map.of(17, "cluster-2"));

        assertThat(map.cluster(new LogicalShard(17))).isEqualTo("cluster-2");
        assertThat(map.cluster(new LogicalShard(18))).isEqualTo(Clusters.ZERO);
    }
}
