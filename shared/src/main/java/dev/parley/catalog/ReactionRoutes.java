package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PUT;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Reactions to messages. */
final class ReactionRoutes {

    private static final String REACTIONS = "/channels/{channel_id}/messages/{message_id}/reactions";

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(DELETE, REACTIONS, "reaction.DeleteAllReactionsFunction")
                    .patient(),
            HttpRoute.api(GET, REACTIONS + "/{emoji_name}", "reaction.ListReactionsFunction"),
            HttpRoute.api(DELETE, REACTIONS + "/{emoji_name}", "reaction.DeleteEmojiReactionsFunction")
                    .patient(),
            HttpRoute.api(PUT, REACTIONS + "/{emoji_name}/@me", "reaction.CreateReactionFunction")
                    .limit(Limit.REACT),
            HttpRoute.api(DELETE, REACTIONS + "/{emoji_name}/@me", "reaction.DeleteOwnReactionFunction")
                    .limit(Limit.REACT),
            HttpRoute.api(DELETE, REACTIONS + "/{emoji_name}/{user_id}", "reaction.DeleteUserReactionFunction")
                    .limit(Limit.REACT));

    private ReactionRoutes() {}
}
