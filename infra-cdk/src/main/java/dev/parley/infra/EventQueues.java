package dev.parley.infra;

import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.infra.phase.PhaseProfile.FunctionLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.ProvisionedPollerConfig;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.DeduplicationScope;
import software.amazon.awscdk.services.sqs.FifoThroughputLimit;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The SQS FIFO queues that the catalog lists, each with a dead-letter queue. Throughput is limited by message group and
 * not by queue (SQS developer guide, "High throughput for FIFO queues").
 */
final class EventQueues extends Construct {

    private final Map<QueueSpec, Queue> queues = new LinkedHashMap<>();

    EventQueues(Construct scope, String id, Naming naming, Regions regions) {
        super(scope, id);
        for (QueueSpec spec : Queues.of(regions)) {
            queues.put(spec, queue(spec, naming));
        }
    }

    /** All queues without their dead-letter queues. */
    List<Queue> all() {
        return List.copyOf(queues.values());
    }

    /** A queue of the catalog. */
    Queue of(QueueSpec spec) {
        return Objects.requireNonNull(queues.get(spec), spec.name());
    }

    /**
     * Invokes each queue's consumer with what arrives.
     *
     * <p>How many of a consumer run at once is bounded by its mapping and not by reserved concurrency, with which Lambda would take messages
     * that it then cannot hand over, until they end as dead letters (Lambda developer guide, "Configuring maximum concurrency for
     * Amazon SQS event sources"). Pollers that are always there and this bound exclude each other; a poller invokes 10 at once at the most.
     */
    void feed(ParleyFunctions functions, FunctionLimits limits) {
        queues.forEach((spec, queue) -> {
            SqsEventSource.Builder source = SqsEventSource.Builder.create(queue)
                    .batchSize(spec.batchSize())
                    .reportBatchItemFailures(true);
            if (limits.minPollers() > 0) {
                source.provisionedPollerConfig(ProvisionedPollerConfig.builder()
                        .minimumPollers(limits.minPollers())
                        .maximumPollers(limits.maxPollers())
                        .build());
            } else {
                source.maxConcurrency(limits.consumerConcurrency());
            }
            functions.alias(spec.consumer()).addEventSource(source.build());
        });
    }

    private Queue queue(QueueSpec spec, Naming naming) {
        Queue dead = fifo(spec.name() + "-dead", naming.deadLetterQueue(spec))
                .retentionPeriod(Duration.days(14))
                .build();
        return fifo(spec.name(), naming.queue(spec))
                .visibilityTimeout(Duration.seconds(spec.visibilityTimeout().toSeconds()))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(dead)
                        .maxReceiveCount(spec.maxReceives())
                        .build())
                .build();
    }

    private Queue.Builder fifo(String id, String name) {
        return Queue.Builder.create(this, id)
                .queueName(name)
                .fifo(true)
                .deduplicationScope(DeduplicationScope.MESSAGE_GROUP)
                .fifoThroughputLimit(FifoThroughputLimit.PER_MESSAGE_GROUP_ID)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true);
    }
}
