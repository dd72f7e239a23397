package dev.parley.infra.observability;

import dev.parley.catalog.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where alarms go: one encrypted SNS topic for warnings, and one for what wakes somebody. */
final class AlertTopics extends Construct {

    private final Map<Severity, Topic> topics = new EnumMap<>(Severity.class);

    /**
     * Adds the topics.
     *
     * @param key encrypts them; its policy has to let CloudWatch use it
     * @param email who is subscribed to both; null leaves them without subscribers
     */
    AlertTopics(Construct scope, String id, String deployment, IKey key, @Nullable String email) {
        super(scope, id);
        for (Severity severity : Severity.values()) {
            Topic topic = Topic.Builder.create(this, severity.title())
                    .topicName(deployment + "-" + severity.title())
                    .displayName(deployment + " " + severity.title())
                    .masterKey(key)
                    .enforceSsl(true)
                    .build();
            topic.addToResourcePolicy(alarmsMayPublish(topic));
            if (email != null) {
                topic.addSubscription(new EmailSubscription(email));
            }
            topics.put(severity, topic);
        }
    }

    /** The topic of a severity. */
    ITopic of(Severity severity) {
        return Objects.requireNonNull(topics.get(severity), severity.title());
    }

    /**
     * A topic whose policy says anything loses SNS's default policy, which had let alarms of the account publish (CloudWatch user
     * guide, "Notifying users on alarm changes").
     */
    private static PolicyStatement alarmsMayPublish(Topic topic) {
        return PolicyStatement.Builder.create()
                .sid("Alarms")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build();
    }
}
