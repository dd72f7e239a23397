package dev.parley.functions.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/** The channels of a guild. */
public final class ListGuildChannelsFunction extends HttpFunction {

    public ListGuildChannelsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildChannelsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        ArrayNode channels = Json.array();
        parley.channels().ofGuild(guildId, call.principal().userId()).forEach(channel -> channels.add(channel.body()));
        return HttpReply.ok(channels);
    }
}
