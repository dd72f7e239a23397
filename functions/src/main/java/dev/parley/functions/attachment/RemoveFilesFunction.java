package dev.parley.functions.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Json;

/** Removes files that no message has. */
public final class RemoveFilesFunction extends InvokedFunction {

    public RemoveFilesFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveFilesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode schedule) {
        return Json.object().put("removed", parley.fileChecks().removeDue());
    }
}
