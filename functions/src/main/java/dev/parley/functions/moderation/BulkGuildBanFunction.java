package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Bans many users from a guild. */
public final class BulkGuildBanFunction extends HttpFunction {

    public BulkGuildBanFunction() {
        this(Parley.fromEnvironment());
    }

    public BulkGuildBanFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.bans().addAll(guildId, call.actor(), call.form()));
    }
}
