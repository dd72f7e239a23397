package dev.parley.fanout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of a FIFO queue: its messages in their order, and after the first failure of a group nothing more of that group
 * (Lambda developer guide, "Reporting batch item failures for Lambda functions with an Amazon SQS trigger").
 */
final class FifoBatch {

    private static final Logger log = LoggerFactory.getLogger(FifoBatch.class);

    private final List<CompletableFuture<Void>> sending = new ArrayList<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private final Set<String> failedGroups = new HashSet<>();

    /** Messages to handle. */
    interface Step {

        /** Handles them; returns what is being sent. */
        List<CompletableFuture<Void>> run();
    }

    /** Handles messages of a group together, unless one before them has failed. Returns whether they are done. */
    boolean handle(Collection<String> messageIds, String group, Step step) {
        if (failedGroups.contains(group)) {
            failed.addAll(messageIds);
            return false;
        }
        try {
            sending.addAll(step.run());
            return true;
        } catch (RuntimeException e) {
            log.warn("{} messages of group {} are tried again", messageIds.size(), group, e);
            failed.addAll(messageIds);
            failedGroups.add(group);
            return false;
        }
    }

    /** The messages that must come again. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /** Has a message of a group come again that was handled, and whatever of the group is still to come. */
    void fail(String messageId, String group) {
        failed.add(messageId);
        failedGroups.add(group);
    }

    /** Waits for what is being sent; what is not sent by then stays in the sessions' logs. */
    void awaitSending(Duration longest) {
        try {
            CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new))
                    .get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Some sessions are still being sent to; what is left waits in their logs");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sending never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
