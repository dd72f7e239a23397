package dev.parley.moderation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Members;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Puts out the members who were not here for some days: neither joined nor began a session. Bots stay, since one that only
 * uses the REST API begins no session; so does the owner, and whoever is not below who prunes. It needs KICK_MEMBERS and
 * MANAGE_GUILD.
 *
 * <p>Thread-safe.
 */
public final class Prunes {

    /** Members at once, while the guild's row is taken. */
    private static final int BATCH = 100;

    /** Well within the 30 s that API Gateway waits for a function. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String INACTIVE = """
            FROM members m JOIN users u ON u.id = m.user_id
            WHERE m.guild_id = :guild AND m.user_id <> :owner AND NOT u.bot
              AND u.last_seen < :day AND m.joined_at < :day AND m.role_ids <@ :roles
            """;

    private final Database database;
    private final Members members;
    private final AuditLog auditLog;
    private final EventPublisher publisher;
    private final Clock clock;

    public Prunes(Database database, Members members, AuditLog auditLog, EventPublisher publisher, Clock clock) {
        this.database = database;
        this.members = members;
        this.auditLog = auditLog;
        this.publisher = publisher;
        this.clock = clock;
    }

    private record Batch(List<Event> events, int removed, Optional<Snowflake> last) {}

    /**
     * How many members would be pruned.
     *
     * @return {@code {pruned}}
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS}
     */
    public ObjectNode preview(Snowflake guildId, Snowflake callerId, PruneForm form) {
        Standing standing = database.transaction(handle -> standing(handle, guildId, callerId));
        int count = database.query(handle -> bind(handle.createQuery("SELECT count(*) " + INACTIVE), standing, form)
                .mapTo(Integer.class)
                .one());
        return Json.object().put("pruned", count);
    }

    /**
     * Prunes, a hundred members in a transaction and with an entry of the audit log. After 20 s it leaves the rest to the
     * next call.
     *
     * @return {@code {pruned}}: how many are out; null if the client did not want to know
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS}
     */
    public ObjectNode prune(Snowflake guildId, Actor actor, PruneForm form) {
        long begun = System.nanoTime();
        int removed = 0;
        Optional<Snowflake> after = Optional.of(new Snowflake(0));
        while (after.isPresent() && System.nanoTime() - begun < LONGEST.toNanos()) {
            Snowflake from = after.get();
            Batch batch = database.transaction(handle -> pruneSome(handle, guildId, actor, form, from));
            publisher.publish(batch.events());
            removed += batch.removed();
            after = batch.last();
        }
        return Json.object().put("pruned", form.counted() ? Integer.valueOf(removed) : null);
    }

    private Batch pruneSome(Handle handle, Snowflake guildId, Actor actor, PruneForm form, Snowflake after) {
        Standing standing = standing(handle, guildId, actor.userId());
        List<Snowflake> inactive = bind(
                        handle.createQuery("SELECT m.user_id " + INACTIVE
                                + " AND m.user_id > :after ORDER BY m.user_id LIMIT :limit"),
                        standing,
                        form)
                .bind("after", after.value())
                .bind("limit", BATCH)
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
        List<Event> events = new ArrayList<>();
        int removed = 0;
        for (Snowflake userId : inactive) {
            Optional<Member> member = MemberRows.find(handle, guildId, userId).filter(standing::isAbove);
            if (member.isPresent()) {
                events.addAll(members.remove(handle, guildId, member.get().user()));
                removed++;
            }
        }
        if (removed > 0) {
            events.add(auditLog.append(handle, entry(guildId, actor, form.days(), removed)));
        }
        return new Batch(events, removed, inactive.size() < BATCH ? Optional.empty() : Optional.of(inactive.getLast()));
    }

    private static AuditEntry entry(Snowflake guildId, Actor actor, int days, int removed) {
        ObjectNode options = Json.object();
        options.put("delete_member_days", Integer.toString(days));
        options.put("members_removed", Integer.toString(removed));
        return new AuditEntry(guildId, actor, AuditAction.MEMBER_PRUNE, null, AuditChanges.none(), options);
    }

    private static Standing standing(Handle handle, Snowflake guildId, Snowflake userId) {
        return Standing.lock(handle, guildId, userId)
                .require(Permission.KICK_MEMBERS)
                .require(Permission.MANAGE_GUILD);
    }

    private <S extends SqlStatement<S>> S bind(S statement, Standing standing, PruneForm form) {
        return statement
                .bind("guild", standing.guildId().value())
                .bind("owner", standing.ownerId().value())
                .bind(
                        "day",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(form.days()))
                .bind("roles", MemberRows.longs(form.roles()));
    }
}
