package dev.parley.functions.automod;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes a rule. */
public final class CreateAutoModerationRuleFunction extends HttpFunction {

    public CreateAutoModerationRuleFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateAutoModerationRuleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.autoModRules().create(guildId, call.actor(), call.form()));
    }
}
