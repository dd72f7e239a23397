package dev.parley.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Routes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog and the functions are one system. */
class CatalogTest {

    static List<FunctionSpec> functions() {
        return Functions.all();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionOfTheCatalogIsThere(FunctionSpec spec) throws Exception {
        Class<?> handler = Class.forName(spec.handler());

        assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
        assertThat(handler.getConstructor()).as("for Lambda").isNotNull();
        assertThat(handler.getConstructor(Parley.class))
                .as("for the local cloud")
                .isNotNull();
    }

    @Test
    void namesAndRouteKeysAreUnique() {
        assertThat(Functions.all()).extracting(FunctionSpec::name).doesNotHaveDuplicates();
        assertThat(Routes.http()).extracting(HttpRoute::routeKey).doesNotHaveDuplicates();
        assertThat(Routes.gateway()).extracting(GatewayRoute::routeKey).doesNotHaveDuplicates();
    }

    @Test
    void queuesHideAMessageSixTimesAsLongAsItsFunctionMayTake() {
        assertThat(Queues.all()).allSatisfy(queue -> {
            assertThat(queue.visibilityTimeout())
                    .isGreaterThanOrEqualTo(queue.consumer().timeout().multipliedBy(6));
            assertThat(queue.batchSize()).isBetween(1, 10);
            assertThat(queue).extracting(QueueSpec::name).asString().endsWith(".fifo");
        });
    }
}
