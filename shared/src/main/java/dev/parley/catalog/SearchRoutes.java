package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;

import java.util.List;

/** Search in guilds. */
final class SearchRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/guilds/{guild_id}/messages/search", "search.SearchGuildMessagesFunction")
                    .patient(),
            HttpRoute.api(GET, "/guilds/{guild_id}/members/search", "search.SearchGuildMembersFunction"));

    private SearchRoutes() {}
}
