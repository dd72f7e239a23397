package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.store.LocalPgBouncer;
import dev.parley.local.store.TestPooler;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.store.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody else has every connection: who asks is told so in time, and is served again as soon as there is one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmptyPoolTest {

    private static final int CONNECTIONS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** The timeout once for a connection and once more for the pooler's server, and what a busy machine takes. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private static final int SERVERS = 55;

    private LocalCloud cloud;
    private RestClient rest;
    private Person person;

    @BeforeAll
    void start() {
        cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withDatabase(TestPooler.options())
                        .withSettings(Map.of(
                                Setting.DATABASE_POOL_SIZE.variable(),
                                Integer.toString(CONNECTIONS),
                                Setting.DATABASE_TIMEOUT.variable(),
                                TIMEOUT.toSeconds() + "s")),
                StartProgress.none());
        rest = new RestClient(cloud.baseUrl());
        person = new People(rest).user();
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    @Test
    void whenTheEnvironmentHasNoneLeftRequestsAreRefusedAndThenServed() throws Exception {
        // Given
        Database database = CloudSystem.of(cloud).database();
        CountDownLatch held = new CountDownLatch(CONNECTIONS);
        CompletableFuture<Void> enough = new CompletableFuture<>();
        List<CompletableFuture<Void>> holders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            holders.add(CompletableFuture.runAsync(() -> database.query(handle -> {
                held.countDown();
                return enough.join();
            })));
        }
        try {
            held.await();

            // When / Then
            expectRefusal();
        } finally {
            enough.complete(null);
            holders.forEach(CompletableFuture::join);
        }
        expectService();
    }

    @Test
    void whenThePoolerHasNoneLeftRequestsAreRefusedAndThenServed() throws Exception {
        assumeTrue(LocalPgBouncer.installed() && TestPooler.options().pooler(), "pgbouncer is not installed");
        List<Connection> holders = new ArrayList<>();
        try {
            // Given
            for (int i = 0; i < SERVERS; i++) {
                Connection holder = connect();
                holders.add(holder);
                holder.setAutoCommit(false);
                try (Statement statement = holder.createStatement()) {
                    statement.execute("SELECT 1");
                }
            }

            // When / Then
            expectRefusal();
        } finally {
            for (Connection holder : holders) {
                holder.close();
            }
        }
        expectService();
    }

    private void expectRefusal() {
        long begun = System.nanoTime();
        RestClient.Reply reply = rest.get("/users/@me/settings", person.token());
        assertThat(reply.status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
        assertThat(reply.headers().firstValue("retry-after")).hasValue("1");
        assertThat(reply.body().path("message").asText()).isEqualTo("503: Service Unavailable");
        assertThat(reply.body().path("code").isInt()).isTrue();
    }

    private void expectService() {
        Conditions.await(
                "a request is served",
                () -> rest.get("/users/@me/settings", person.token()).status() == 200);
    }

    private Connection connect() throws Exception {
        Settings settings = CloudSystem.of(cloud).settings();
        Properties properties = new Properties();
        properties.setProperty("user", settings.text(Setting.DATABASE_USER));
        properties.setProperty(
                "password", settings.secret(Setting.DATABASE_PASSWORD).value());
        properties.setProperty("assumeMinServerVersion", "16");
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(settings.text(Setting.DATABASE_URL), properties);
    }
}
