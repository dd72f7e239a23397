package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.guild.GuildPage;

/** The guilds that the caller is in. */
public final class ListCurrentUserGuildsFunction extends HttpFunction {

    public ListCurrentUserGuildsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListCurrentUserGuildsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        GuildPage page = GuildPage.read(
                call.query("before"), call.query("after"), call.query("limit"), call.query("with_counts"));
        return HttpReply.ok(parley.guildSummaries().of(call.principal().userId(), page));
    }
}
