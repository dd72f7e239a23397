package dev.parley.functions.guild;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/**
 * Takes a guild out of service and back, for operators: {@code aws lambda invoke} with {@code {"guild_id": "...",
 * "available": false}}. It answers whether that was a change.
 */
public final class SetGuildAvailabilityFunction extends InvokedFunction {

    public SetGuildAvailabilityFunction() {
        this(Parley.fromEnvironment());
    }

    public SetGuildAvailabilityFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode event) {
        Form form = new Form(event);
        Snowflake guildId = form.optionalSnowflake("guild_id");
        boolean available = form.flag("available", true);
        if (guildId == null) {
            form.required("guild_id");
        }
        if (!form.has("available")) {
            form.required("available");
        }
        form.check();
        return Json.object()
                .put("changed", guildId != null && parley.guildAvailability().set(guildId, available));
    }
}
