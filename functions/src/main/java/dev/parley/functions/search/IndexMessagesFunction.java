package dev.parley.functions.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Json;
import java.time.Duration;

/** Brings the index of messages up to date, as far as it gets before the next run. */
public final class IndexMessagesFunction extends InvokedFunction {

    private static final Duration TIME = Duration.ofSeconds(45);

    public IndexMessagesFunction() {
        this(Parley.fromEnvironment());
    }

    public IndexMessagesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode schedule) {
        return Json.object().put("messages", parley.messageIndex().work(TIME));
    }
}
