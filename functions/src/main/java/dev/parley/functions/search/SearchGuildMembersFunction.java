package dev.parley.functions.search;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.guild.MemberQuery;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Members of a guild whose username or nick begins so. */
public final class SearchGuildMembersFunction extends HttpFunction {

    public SearchGuildMembersFunction() {
        this(Parley.fromEnvironment());
    }

    public SearchGuildMembersFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        MemberQuery query = MemberQuery.read(call.query("query"), call.query("limit"));
        return HttpReply.ok(
                parley.memberSearch().search(guildId, call.principal().userId(), query));
    }
}
