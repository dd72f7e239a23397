package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.moderation.PruneForm;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** How many members of a guild a prune would put out. */
public final class GetGuildPruneCountFunction extends HttpFunction {

    public GetGuildPruneCountFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildPruneCountFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(
                parley.prunes().preview(guildId, call.principal().userId(), PruneForm.read(call.queries())));
    }
}
