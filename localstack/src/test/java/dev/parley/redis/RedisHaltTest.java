package dev.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisHaltTest {

    @TempDir
    private Path folder;

    @Test
    void nothingOpensAgainAfterAHalt() {
        try (LocalRedis server = LocalRedis.start(folder, BinaryCache.ofUser());
                Redis redis = new Redis(RedisURI.create(server.uri()), Duration.ofSeconds(5))) {
            // Given
            redis.await(redis.commands().set("key", "value"));
            assertThat(redis.await(redis.commands().get("key"))).isEqualTo("value");

            // When
            redis.halt();

            // Then
            assertThatThrownBy(redis::commands).isInstanceOf(RedisUnavailableException.class);
        }
    }
}
