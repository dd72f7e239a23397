package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.moderation.PruneForm;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts out the members of a guild who were not here for some days. */
public final class BeginGuildPruneFunction extends HttpFunction {

    public BeginGuildPruneFunction() {
        this(Parley.fromEnvironment());
    }

    public BeginGuildPruneFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.prunes().prune(guildId, call.actor(), PruneForm.read(call.form())));
    }
}
