package dev.parley.local.sqs;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.QueueSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A queue as tests see it: through the SDK's client. */
final class TestQueue implements AutoCloseable {

    static final QueueSpec SPEC = new QueueSpec(
            "test.fifo",
            Duration.ofSeconds(60),
            3,
            10,
            new FunctionSpec("Consumer", "none", 256, Duration.ofSeconds(10)));

    private final SqsClient client;
    private final String url;

    TestQueue(EmbeddedSqs sqs, String name) {
        client = client(sqs.endpoint());
        url = sqs.queueUrl(name);
    }

    static SqsClient client(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    SqsClient client() {
        return client;
    }

    String url() {
        return url;
    }

    SendMessageResponse send(String group, String id, String body) {
        return client.sendMessage(request -> request.queueUrl(url)
                .messageGroupId(group)
                .messageDeduplicationId(id)
                .messageBody(body));
    }

    List<Message> receive(int max, int waitSeconds) {
        return client.receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(max)
                        .waitTimeSeconds(waitSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    List<String> bodies(int max) {
        return receive(max, 0).stream().map(Message::body).toList();
    }

    void delete(Message message) {
        client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    void hide(Message message, int seconds) {
        client.changeMessageVisibility(request ->
                request.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
    }

    @Override
    public void close() {
        client.close();
    }
}
