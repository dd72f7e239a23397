package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Queues;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.local.apigateway.MovableClock;
import dev.parley.local.lambda.LocalTrace;
import dev.parley.local.sqs.EmbeddedSqs;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A trace goes with an event through the queue. */
class TraceTest {

    private static final Event EVENT = new Event(
            new Snowflake(1_000_000_000_000L),
            DispatchType.MESSAGE_CREATE,
            new Audience.User(new Snowflake(7), null),
            Json.object());

    @Test
    void aMessageCarriesTheTraceOfTheCallThatSendsIt() {
        // Given
        String header = LocalTrace.begin(new MovableClock());
        try (EmbeddedSqs queues = new EmbeddedSqs(Queues.all(), new MovableClock());
                SqsClient sqs = client(queues)) {
            String url = queues.queueUrl(Queues.EVENTS.name());
            EventPublisher publisher = new EventPublisher(() -> sqs, url);

            // When
            Trace.within(header, () -> publisher.publish(EVENT));

            // Then
            List<Message> received = sqs.receiveMessage(request ->
                            request.queueUrl(url).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            assertThat(received).hasSize(1);
            assertThat(received.getFirst().attributes())
                    .containsEntry(MessageSystemAttributeName.AWS_TRACE_HEADER, header);
        }
    }

    private static SqsClient client(EmbeddedSqs queues) {
        return SqsClient.builder()
                .endpointOverride(queues.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
