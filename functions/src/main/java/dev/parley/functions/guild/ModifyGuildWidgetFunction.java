package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes whether a guild shows its widget. */
public final class ModifyGuildWidgetFunction extends HttpFunction {

    public ModifyGuildWidgetFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyGuildWidgetFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.widgets().modify(guildId, call.actor(), call.form()));
    }
}
