package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Whether a guild shows its widget. */
public final class GetGuildWidgetSettingsFunction extends HttpFunction {

    public GetGuildWidgetSettingsFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildWidgetSettingsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.widgets().settings(guildId, call.principal().userId()));
    }
}
