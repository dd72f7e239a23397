package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.guild.MemberPage;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Some members of a guild, in the order of their ids. */
public final class ListGuildMembersFunction extends HttpFunction {

    public ListGuildMembersFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildMembersFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        MemberPage page = MemberPage.read(call.query("after"), call.query("limit"));
        return HttpReply.ok(parley.members().list(guildId, call.principal().userId(), page));
    }
}
