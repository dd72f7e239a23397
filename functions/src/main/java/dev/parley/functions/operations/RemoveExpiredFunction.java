package dev.parley.functions.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Json;

/** Removes rows that have served their time. */
public final class RemoveExpiredFunction extends InvokedFunction {

    public RemoveExpiredFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveExpiredFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode schedule) {
        return Json.object().put("removed", parley.expiredRows().remove());
    }
}
