package dev.parley.local.apigateway;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The rules of API Gateway, each against a server of its own with real clients. */
@Timeout(120)
class ApiGatewayConformanceTest {

    @TestFactory
    Stream<DynamicTest> httpApi() {
        return tests(HttpRules.all());
    }

    @TestFactory
    Stream<DynamicTest> httpConnections() {
        return tests(HttpConnectionRules.all());
    }

    @TestFactory
    Stream<DynamicTest> webSocketConnections() {
        return tests(WebSocketRules.all());
    }

    @TestFactory
    Stream<DynamicTest> messages() {
        return tests(MessageRules.all());
    }

    @TestFactory
    Stream<DynamicTest> management() {
        return tests(ManagementRules.all());
    }

    private static Stream<DynamicTest> tests(List<Rule> rules) {
        return rules.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name() + " (" + rule.source() + ")", () -> {
                    try (GatewayFixture fixture = new GatewayFixture()) {
                        rule.check().accept(fixture);
                    }
                }));
    }
}
