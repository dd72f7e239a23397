package dev.parley.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.DataDirectory;
import dev.parley.local.store.Pinning;
import dev.parley.local.store.StatementLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the database is sent holds under transaction pooling, and RDS Proxy pins no session for it: seen by the server itself,
 * with nothing between it and the functions. It is what everybody may send, from the first packet of a connection on.
 */
class TransactionPoolingTest {

    private static final long MEMBERS_AND_MESSAGES = 1 | 1 << 1 | 1 << 9;

    /** Of {@code Database}. */
    private static final String APPLICATION = "parley";

    @TempDir
    private Path folder;

    @Test
    void noOperationPinsASession() throws Exception {
        // Given
        Path postgres;
        try (DataDirectory data = DataDirectory.open(folder)) {
            postgres = data.folder("postgres");
        }
        StatementLog log = StatementLog.of(postgres, BinaryCache.ofUser());

        // When every operation has been called, and every schedule has run
        try (LocalCloud cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral().withData(folder).withScheduleSpeed(600), StartProgress.none())) {
            Walk walk = new Walk(cloud);
            try (GatewayClient session =
                    GatewayClient.ready(cloud.gatewayUrl(), walk.owner.token(), MEMBERS_AND_MESSAGES)) {
                session.awaitDispatch("GUILD_CREATE");
                GuildWalk guilds = new GuildWalk(walk);
                guilds.run();
                new ChannelWalk(walk).run();
                new ApplicationWalk(walk).run();
                guilds.leave();
            }
        }

        // Then
        Set<String> statements = new TreeSet<>();
        Set<String> pinning = new TreeSet<>();
        log.read(APPLICATION, noted -> {
            Pinning.statement(noted).ifPresent(statements::add);
            Pinning.reason(noted).ifPresent(reason -> pinning.add(reason + ": " + noted));
        });
        int longest = statements.stream()
                .mapToInt(statement -> statement.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        System.out.println("Statements that hold under transaction pooling: " + (statements.size() - pinning.size())
                + " of " + statements.size() + ", the longest of " + longest + " bytes");
        assertThat(statements)
                .as("the log is of what the functions send")
                .anyMatch(statement -> statement.contains("INSERT INTO messages"))
                .hasSizeGreaterThan(150);
        assertThat(pinning).isEmpty();
    }
}
