package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.moderation.BanPage;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Some bans of a guild. */
public final class ListGuildBansFunction extends HttpFunction {

    public ListGuildBansFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildBansFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.bans().list(guildId, call.principal().userId(), BanPage.read(call.queries())));
    }
}
