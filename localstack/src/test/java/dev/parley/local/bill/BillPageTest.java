package dev.parley.local.bill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.apigateway.LocalAnswer;
import dev.parley.local.lambda.HttpAnswer;
import dev.parley.local.lambda.LoopbackHttpServer;
import dev.parley.price.PriceList;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bill of a system whose other gateway is a process of its own. */
class BillPageTest {

    private static final Instant SINCE = Instant.parse("2026-03-03T10:00:00Z");

    private volatile ConsumptionMeter gateway = new ConsumptionMeter();
    private volatile boolean gatewayFails;
    private final LoopbackHttpServer server = new LoopbackHttpServer(
            "gateway",
            0,
            1024,
            question -> CompletableFuture.completedFuture(gatewayFails ? HttpAnswer.empty(500) : bill(gateway)));
    private final ConsumptionMeter own = new ConsumptionMeter();
    private final BillPage page = new BillPage(own, List.of(server.endpoint().toString()), PriceList.load(), SINCE);

    @AfterEach
    void stop() {
        page.close();
        server.close();
    }

    @Test
    void theGatewaysAreInTheBill() {
        // Given
        own.messageIn(10);
        gateway.messageOut(10);
        gateway.messageOut(10);

        // When
        JsonNode bill = read();

        // Then
        assertThat(bill.path("consumption").path("websocket_messages").asLong()).isEqualTo(3);
        assertThat(bill.path("usd").asDouble()).isGreaterThanOrEqualTo(3e-6);
        assertThat(bill.path("since").asText()).isEqualTo(SINCE.toString());
        assertThat(bill.path("gateways_missing").asInt()).isZero();
        assertThat(bill.path("items")).hasSize(7);
    }

    @Test
    void whatAGatewayHadBeforeItWasStartedAgainIsKept() {
        // Given
        gateway.messageOut(10);
        gateway.messageOut(10);
        read();

        // When it does not answer, then its count is missing since, and what it had is not
        gatewayFails = true;
        JsonNode away = read();
        gatewayFails = false;
        gateway = new ConsumptionMeter();
        gateway.messageOut(10);
        JsonNode back = read();

        // Then
        assertThat(away.path("gateways_missing").asInt()).isEqualTo(1);
        assertThat(away.path("consumption").path("websocket_messages").asLong()).isEqualTo(2);
        assertThat(back.path("gateways_missing").asInt()).isZero();
        assertThat(back.path("consumption").path("websocket_messages").asLong()).isEqualTo(3);
    }

    @Test
    void itIsOnlyRead() {
        assertThat(page.answer("POST", new byte[0]).status()).isEqualTo(405);
    }

    @Test
    void aSystemThatMetersNothingHasNoBill() {
        gatewayFails = true;
        try (BillClient client = new BillClient(Duration.ofSeconds(5))) {
            assertThat(client.ask(server.endpoint().toString())).isEmpty();
        }
    }

    private JsonNode read() {
        LocalAnswer answer = page.answer("GET", new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        return Json.parse(answer.json());
    }

    private static HttpAnswer bill(ConsumptionMeter meter) {
        try (BillPage page = new BillPage(meter, List.of(), PriceList.load(), SINCE)) {
            return HttpAnswer.json(200, page.answer("GET", new byte[0]).json());
        }
    }
}
