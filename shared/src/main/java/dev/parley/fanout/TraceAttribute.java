package dev.parley.fanout;

import dev.parley.telemetry.Trace;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/**
 * The trace in a message, where SQS hands it on to whoever receives it (SQS developer guide, "Message system attributes").
 * The SDK sends the trace of the invocation by itself, but a batch has messages of many traces.
 */
final class TraceAttribute {

    private TraceAttribute() {}

    /** The system attributes of a message that this thread sends. */
    static Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> current() {
        String header = Trace.current();
        return header == null
                ? Map.of()
                : Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue(header)
                                .build());
    }
}
