package dev.parley.functions.search;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.search.MessageSearch;
import dev.parley.search.SearchQuery;

/** Finds messages of a guild; 202 while its index is being made. */
public final class SearchGuildMessagesFunction extends HttpFunction {

    public SearchGuildMessagesFunction() {
        this(Parley.fromEnvironment());
    }

    public SearchGuildMessagesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        MessageSearch.Answer answer = parley.messageSearch()
                .search(
                        call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD),
                        call.principal().userId(),
                        SearchQuery.read(call.queries()));
        return HttpReply.json(answer.ready() ? 200 : ErrorCode.INDEX_NOT_READY.status(), answer.body());
    }
}
