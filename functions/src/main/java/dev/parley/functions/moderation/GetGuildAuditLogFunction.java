package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.moderation.AuditLogQuery;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** What was done in a guild. */
public final class GetGuildAuditLogFunction extends HttpFunction {

    public GetGuildAuditLogFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildAuditLogFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        AuditLogQuery query = AuditLogQuery.read(call.queries());
        return HttpReply.ok(parley.auditLogs().list(guildId, call.principal().userId(), query));
    }
}
