package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;
import static dev.parley.catalog.HttpMethod.PUT;

import java.util.List;

/** Friends, who is blocked, and who is in a group of direct messages. */
final class RelationshipRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/users/@me/relationships", "relationship.ListRelationshipsFunction"),
            HttpRoute.api(POST, "/users/@me/relationships", "relationship.CreateFriendRequestFunction"),
            HttpRoute.api(PUT, "/users/@me/relationships/{user_id}", "relationship.PutRelationshipFunction"),
            HttpRoute.api(DELETE, "/users/@me/relationships/{user_id}", "relationship.DeleteRelationshipFunction"),
            HttpRoute.api(PUT, "/channels/{channel_id}/recipients/{user_id}", "channel.AddGroupRecipientFunction"),
            HttpRoute.api(
                    DELETE, "/channels/{channel_id}/recipients/{user_id}", "channel.RemoveGroupRecipientFunction"));

    private RelationshipRoutes() {}
}
