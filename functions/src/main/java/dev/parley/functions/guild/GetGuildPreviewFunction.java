package dev.parley.functions.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A guild in brief. Parley has no guilds that everybody may look at: it is for members. */
public final class GetGuildPreviewFunction extends HttpFunction {

    public GetGuildPreviewFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildPreviewFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        ObjectNode body =
                parley.guilds().get(guildId, call.principal().userId()).preview();
        parley.guildCounts().addTo(body, guildId);
        return HttpReply.ok(body);
    }
}
