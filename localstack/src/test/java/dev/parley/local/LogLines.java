package dev.parley.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/** The lines that functions log while this is open, as an operator would read them. Thread-safe. */
final class LogLines implements AutoCloseable {

    private static final String LOGGER = "dev.parley";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerConfig logger;
    private final Lines appender;

    LogLines() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        logger = context.getConfiguration().getLoggerConfig(LOGGER);
        appender = new Lines(JsonTemplateLayout.newBuilder()
                .setConfiguration(context.getConfiguration())
                .setEventTemplateUri("classpath:ParleyLogLayout.json")
                .build());
        appender.start();
        logger.addAppender(appender, null, null);
    }

    List<JsonNode> all() {
        return lines.stream().map(Json::parse).toList();
    }

    @Override
    public void close() {
        logger.removeAppender(appender.getName());
        appender.stop();
    }

    private final class Lines extends AbstractAppender {

        private final JsonTemplateLayout layout;

        Lines(JsonTemplateLayout layout) {
            super("lines-" + System.identityHashCode(LogLines.this), null, layout, false, Property.EMPTY_ARRAY);
            this.layout = layout;
        }

        @Override
        public void append(LogEvent event) {
            lines.add(layout.toSerializable(event));
        }
    }
}
