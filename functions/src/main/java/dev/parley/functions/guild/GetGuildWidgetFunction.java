package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A guild's widget, for anybody. */
public final class GetGuildWidgetFunction extends HttpFunction {

    public GetGuildWidgetFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildWidgetFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.widgets().show(guildId));
    }
}
