package dev.parley.functions.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The caller as a member of a guild. */
public final class GetCurrentMemberFunction extends HttpFunction {

    public GetCurrentMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public GetCurrentMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.principal().userId();
        ObjectNode member = parley.members().get(guildId, userId, userId);
        member.putNull("banner");
        return HttpReply.ok(member);
    }
}
