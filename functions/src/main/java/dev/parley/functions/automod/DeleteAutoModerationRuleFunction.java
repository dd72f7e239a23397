package dev.parley.functions.automod;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Removes a rule. */
public final class DeleteAutoModerationRuleFunction extends HttpFunction {

    public DeleteAutoModerationRuleFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteAutoModerationRuleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake ruleId = call.pathId("rule_id", ErrorCode.NOT_FOUND);
        parley.autoModRules().delete(guildId, call.actor(), ruleId);
        return HttpReply.noContent();
    }
}
