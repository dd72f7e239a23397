package dev.parley.privacy;

import dev.parley.guild.MemberRows;
import dev.parley.reaction.ReactionErasure;
import dev.parley.search.GoneChannels;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import java.util.List;

/**
 * Removes what is left of users among the content, on every cluster, once the directory knows them no more and nothing can be
 * added.
 *
 * <p>Thread-safe.
 */
public final class ContentErasure {

    private final ContentDatabase content;
    private final GoneChannels channels;
    private final ReactionErasure reactions;

    public ContentErasure(ContentDatabase content, GoneChannels channels, ReactionErasure reactions) {
        this.content = content;
        this.channels = channels;
        this.reactions = reactions;
    }

    /**
     * Erases the users.
     *
     * @param saved the deleted channels of their saved messages
     */
    void erase(List<Snowflake> userIds, List<Snowflake> saved) {
        saved.forEach(channels::removeDirect);
        content.everywhere(there -> there.handle()
                .execute("DELETE FROM message_nonces WHERE author_id = ANY (?)", (Object) MemberRows.longs(userIds)));
        if (!content.clusters().single()) {
            // With one cluster the transaction that ended the account has taken the last ones.
            userIds.forEach(reactions::eraseAll);
        }
    }
}
