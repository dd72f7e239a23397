package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import java.util.List;

/** Threads, and who is in them. */
final class ThreadRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(
                    POST,
                    "/channels/{channel_id}/messages/{message_id}/threads",
                    "thread.StartThreadFromMessageFunction"),
            HttpRoute.api(POST, "/channels/{channel_id}/threads", "thread.StartThreadFunction"),
            HttpRoute.api(GET, "/guilds/{guild_id}/threads/active", "thread.ListActiveThreadsFunction"),
            HttpRoute.api(
                    GET, "/channels/{channel_id}/threads/archived/public", "thread.ListPublicArchivedThreadsFunction"),
            HttpRoute.api(
                    GET,
                    "/channels/{channel_id}/threads/archived/private",
                    "thread.ListPrivateArchivedThreadsFunction"),
            HttpRoute.api(
                    GET,
                    "/channels/{channel_id}/users/@me/threads/archived/private",
                    "thread.ListJoinedPrivateArchivedThreadsFunction"),
            HttpRoute.api(GET, "/channels/{channel_id}/threads/search", "thread.SearchThreadsFunction"),
            HttpRoute.api(GET, "/channels/{channel_id}/thread-members", "thread.ListThreadMembersFunction"),
            HttpRoute.api(PUT, "/channels/{channel_id}/thread-members/@me", "thread.JoinThreadFunction"),
            HttpRoute.api(DELETE, "/channels/{channel_id}/thread-members/@me", "thread.LeaveThreadFunction"),
            HttpRoute.api(GET, "/channels/{channel_id}/thread-members/{user_id}", "thread.GetThreadMemberFunction"),
            HttpRoute.api(PUT, "/channels/{channel_id}/thread-members/{user_id}", "thread.AddThreadMemberFunction"),
            HttpRoute.api(
                    DELETE, "/channels/{channel_id}/thread-members/{user_id}", "thread.RemoveThreadMemberFunction"));

    private ThreadRoutes() {}
}
