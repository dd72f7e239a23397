package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseHaltTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void aHaltBreaksOffWhatRunsAndNothingOpensAgain() {
        try (LocalPostgres server = LocalPostgres.start(folder, BinaryCache.ofUser());
                Database database =
                        new Database(server.jdbcUrl(), server.user(), server.password(), 2, Duration.ofSeconds(5))) {
            // Given
            assertThat(one(database)).isEqualTo(1);
            CompletableFuture<Void> inTransaction = new CompletableFuture<>();
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> database.transaction(handle -> {
                inTransaction.complete(null);
                return handle.select("SELECT 1 FROM pg_sleep(60)")
                        .mapTo(Integer.class)
                        .one();
            }));
            assertThat(inTransaction).succeedsWithin(LONG);

            // When
            database.halt();

            // Then
            assertThat(running)
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(DatabaseUnavailableException.class);
            assertThatThrownBy(() -> one(database)).isInstanceOf(DatabaseUnavailableException.class);
        }
    }

    private static int one(Database database) {
        return database.query(
                handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
    }
}
