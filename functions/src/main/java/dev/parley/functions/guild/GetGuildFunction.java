package dev.parley.functions.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A guild that the caller is in. */
public final class GetGuildFunction extends HttpFunction {

    public GetGuildFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        ObjectNode body =
                parley.guilds().get(guildId, call.principal().userId()).body();
        if (call.queryFlag("with_counts")) {
            parley.guildCounts().addTo(body, guildId);
        }
        return HttpReply.ok(body);
    }
}
