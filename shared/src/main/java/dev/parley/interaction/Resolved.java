package dev.parley.interaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.guild.Guild;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Role;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the ids that a user has chosen stand for (Discord documentation, "Resolved Data Structure"). It is read as it is
 * asked for. Not thread-safe.
 */
final class Resolved {

    private final Database database;
    private final Accounts accounts;
    private final Channels channels;
    private final Guilds guilds;
    private final ChannelAccess access;
    private final ObjectNode body = Json.object();
    private @Nullable Guild guild;

    Resolved(Database database, Accounts accounts, Channels channels, Guilds guilds, ChannelAccess access) {
        this.database = database;
        this.accounts = accounts;
        this.channels = channels;
        this.guilds = guilds;
        this.access = access;
    }

    /** All that was resolved, by kind and id. */
    ObjectNode body() {
        return body;
    }

    /** Adds a user, in a guild with its membership; returns whether there is such a user. */
    boolean user(Snowflake id) {
        User user;
        try {
            user = accounts.user(id);
        } catch (ApiException unknown) {
            return false;
        }
        Guild of = guild();
        if (of == null) {
            if (!access.recipients().contains(id)) {
                return false;
            }
        } else {
            member(of, id).ifPresent(member -> {
                ObjectNode one = member.bodyWithoutUser();
                one.put("permissions", Long.toString(permissions(of, member)));
                body.withObject("/members").set(id.toString(), one);
            });
        }
        body.withObject("/users").set(id.toString(), Json.tree(user));
        return true;
    }

    /** Adds a role of the guild; returns whether there is such a role. */
    boolean role(Snowflake id) {
        Guild of = guild();
        Role role = of == null
                ? null
                : of.roles().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElse(null);
        if (role == null) {
            return false;
        }
        body.withObject("/roles").set(id.toString(), role.body());
        return true;
    }

    /** Adds a channel of the guild that the user sees; returns its type, or null if there is none such. */
    @Nullable Integer channel(Snowflake id) {
        ChannelAccess other;
        try {
            other = channels.access(id, access.userId());
        } catch (ApiException unknown) {
            return null;
        }
        Channel channel = other.channel();
        if (channel.guildId() == null
                || !channel.guildId().equals(access.channel().guildId())) {
            return null;
        }
        ObjectNode one = channel.body();
        one.remove("permission_overwrites");
        one.put("permissions", Long.toString(other.permissions()));
        body.withObject("/channels").set(id.toString(), one);
        return channel.type();
    }

    /** Adds a message. */
    void message(Snowflake id, ObjectNode message) {
        body.withObject("/messages").set(id.toString(), message);
    }

    private @Nullable Guild guild() {
        Snowflake guildId = access.channel().guildId();
        if (guild == null && guildId != null) {
            guild = guilds.get(guildId, access.userId());
        }
        return guild;
    }

    private Optional<Member> member(Guild of, Snowflake userId) {
        return database.query(handle -> MemberRows.find(handle, of.id(), userId));
    }

    private long permissions(Guild of, Member member) {
        Snowflake userId = member.user().id();
        Set<Snowflake> roleIds = Set.copyOf(member.roles());
        long inGuild = PermissionCalculator.inGuild(
                of.id(),
                of.ownerId(),
                userId,
                roleIds,
                of.roles().stream().collect(Collectors.toMap(Role::id, Role::permissions)));
        return PermissionCalculator.inChannel(
                inGuild, of.id(), userId, roleIds, access.channel().permissionOverwrites());
    }
}
