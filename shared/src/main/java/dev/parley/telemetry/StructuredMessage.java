package dev.parley.telemetry;

import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;

/**
 * A log message with fields beside its text: the layout writes the text as {@code message} and the fields, numbers as
 * numbers, as {@code fields}.
 */
public final class StructuredMessage extends MapMessage<StructuredMessage, Object> {

    private static final long serialVersionUID = 1L;

    private final String text;

    public StructuredMessage(String text) {
        this.text = text;
    }

    private StructuredMessage(String text, Map<String, Object> fields) {
        super(fields);
        this.text = text;
    }

    @Override
    public String getFormattedMessage() {
        return text;
    }

    @Override
    public void formatTo(StringBuilder buffer) {
        buffer.append(text);
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public StructuredMessage newInstance(Map<String, Object> fields) {
        return new StructuredMessage(text, fields);
    }
}
