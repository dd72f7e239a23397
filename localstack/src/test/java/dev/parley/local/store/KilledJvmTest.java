package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the stores when their JVM is killed with SIGKILL. */
final class KilledJvmTest {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void takesItsServersAlongAndLosesNothing() throws Exception {
        // Given
        try (TestJvm jvm = TestJvm.start(BothStores.class, folder.toString())) {
            List<ProcessHandle> servers = processes(jvm.readLine(START_TIMEOUT));

            // When
            jvm.kill();

            // Then
            assertThat(ProcessTree.awaitExit(servers, END_TIMEOUT)).isTrue();
            assertThatTheDataIsThere();
        }
    }

    @Test
    void losesNothingWhenItsServersAndTheirShellsAreKilledToo() throws Exception {
        // Given
        try (TestJvm jvm = TestJvm.start(BothStores.class, folder.toString())) {
            List<ProcessHandle> servers = processes(jvm.readLine(START_TIMEOUT));
            ProcessTree all = ProcessTree.of(ProcessHandle.of(jvm.pid()).orElseThrow());
            assertThat(all.processes()).containsAll(servers);

            // When
            assertThat(all.kill()).isTrue();

            // Then
            assertThatTheDataIsThere();
        }
    }

    private void assertThatTheDataIsThere() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder);
                LocalPostgres postgres = LocalPostgres.start(data.folder("postgres"), BinaryCache.ofUser());
                LocalRedis redis = LocalRedis.start(data.folder("redis"), BinaryCache.ofUser());
                Connection sql = connect(postgres);
                Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery("SELECT content FROM message");
                RedisClusterClient client = RedisClusterClient.create(RedisURI.create(redis.uri()));
                StatefulRedisClusterConnection<String, String> connection = client.connect()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("kept");
            assertThat(connection.sync().get("session")).isEqualTo("kept");
        }
    }

    private static List<ProcessHandle> processes(String pids) {
        return Stream.of(pids.split(" "))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
    }

    private static Connection connect(LocalPostgres postgres) throws Exception {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password().value());
    }

    /** Starts both stores at once, writes to both, prints their process ids, and waits to be killed. */
    static final class BothStores {

        static void main(String[] args) throws Exception {
            DataDirectory data = DataDirectory.open(Path.of(args[0]));
            CompletableFuture<LocalRedis> starting =
                    CompletableFuture.supplyAsync(() -> LocalRedis.start(data.folder("redis"), BinaryCache.ofUser()));
            LocalPostgres postgres = LocalPostgres.start(data.folder("postgres"), BinaryCache.ofUser());
            LocalRedis redis = starting.join();
            try (Connection sql = connect(postgres);
                    Statement statement = sql.createStatement();
                    RedisClusterClient client = RedisClusterClient.create(RedisURI.create(redis.uri()));
                    StatefulRedisClusterConnection<String, String> connection = client.connect()) {
                connection.sync().set("session", "kept");
                statement.execute("CREATE TABLE message (content text)");
                statement.execute("INSERT INTO message VALUES ('kept')");
                IO.println(postgres.processId() + " " + redis.processId());
                System.in.read();
            }
        }
    }
}
