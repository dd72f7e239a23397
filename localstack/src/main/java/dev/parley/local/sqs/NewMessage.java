package dev.parley.local.sqs;

import org.jspecify.annotations.Nullable;

/**
 * A message as it is sent.
 *
 * @param groupId messages of one group are delivered in order, one batch at a time
 * @param deduplicationId of two messages with the same id within 5 min only the first is kept
 * @param trace the system attribute {@code AWSTraceHeader}; null for none
 */
record NewMessage(
        String body,
        MessageAttributes attributes,
        String groupId,
        String deduplicationId,
        @Nullable String trace) {}
