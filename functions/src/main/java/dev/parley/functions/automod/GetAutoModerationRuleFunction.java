package dev.parley.functions.automod;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A rule of a guild. */
public final class GetAutoModerationRuleFunction extends HttpFunction {

    public GetAutoModerationRuleFunction() {
        this(Parley.fromEnvironment());
    }

    public GetAutoModerationRuleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake ruleId = call.pathId("rule_id", ErrorCode.NOT_FOUND);
        return HttpReply.ok(parley.autoModRules().get(guildId, call.principal().userId(), ruleId));
    }
}
