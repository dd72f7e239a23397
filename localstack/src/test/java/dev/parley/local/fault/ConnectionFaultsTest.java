package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that end without the client's will. */
@ExtendWith(LocalCloudExtension.class)
class ConnectionFaultsTest {

    private final LocalCloud cloud;
    private final FaultsClient faults;

    ConnectionFaultsTest(LocalCloud cloud) {
        this.cloud = cloud;
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001})
    void aCutWithACodeIsSeenByTheClient(int code) throws Exception {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);

            faults.set("{\"fault\":\"cut\",\"share\":1,\"code\":" + code + "}");

            assertThat(client.awaitClose()).isEqualTo(code);
        }
    }

    @Test
    void aCutWithoutACodeBreaksTheConnectionOff() {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);

            faults.set("{\"fault\":\"cut\",\"share\":1,\"code\":null}");

            assertThatThrownBy(client::awaitClose)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aSessionThatWasCutIsResumed() {
        try (Audience audience = new Audience(cloud)) {
            faults.set("{\"fault\":\"cut\",\"share\":1}");
            audience.say("one");

            try (GatewayClient again = audience.resume()) {
                again.awaitMessage("one");
                again.awaitDispatch("RESUMED");
            }
        }
    }

    @Test
    void noShareCutsNobody() {
        long before = faults.fired("cut");
        try (Audience audience = new Audience(cloud)) {
            faults.set("{\"fault\":\"cut\",\"share\":0,\"code\":1001}");

            audience.say("one");

            audience.hear();
            assertThat(faults.fired("cut")).isEqualTo(before);
        }
    }

    @Test
    void aDisconnectThatIsLostLeavesTheSessionToItsNextPost() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            long before = faults.fired("disconnect.lose");
            faults.set("{\"fault\":\"disconnect\",\"effect\":\"lose\",\"next\":1}");

            // When
            audience.client().cut();
            Conditions.await("the disconnect is lost", () -> faults.fired("disconnect.lose") > before);
            audience.say("one");

            // Then
            try (GatewayClient again = audience.resume()) {
                again.awaitMessage("one");
                again.awaitDispatch("RESUMED");
            }
        }
    }
}
