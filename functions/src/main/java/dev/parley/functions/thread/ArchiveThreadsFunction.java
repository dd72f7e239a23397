package dev.parley.functions.thread;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Json;

/** Tells of threads that are archived because nothing happened in them. */
public final class ArchiveThreadsFunction extends InvokedFunction {

    public ArchiveThreadsFunction() {
        this(Parley.fromEnvironment());
    }

    public ArchiveThreadsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode schedule) {
        return Json.object().put("archived", parley.threadActivity().tellOfArchived());
    }
}
