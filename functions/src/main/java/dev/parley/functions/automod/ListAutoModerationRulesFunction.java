package dev.parley.functions.automod;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The rules of a guild, the oldest first. */
public final class ListAutoModerationRulesFunction extends HttpFunction {

    public ListAutoModerationRulesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListAutoModerationRulesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.autoModRules().list(guildId, call.principal().userId()));
    }
}
