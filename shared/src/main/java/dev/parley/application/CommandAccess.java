package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.channel.ChannelAccess;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whether a member may use a command in a channel (Discord documentation, "Application Command Permissions"): what the
 * guild says of the command stands before what it says of the application, and that before what the command asks for.
 */
final class CommandAccess {

    static final int ROLE = 1;
    static final int USER = 2;
    static final int CHANNEL = 3;

    private final ChannelAccess access;
    private final Map<Snowflake, ArrayNode> said;

    private CommandAccess(ChannelAccess access, Map<Snowflake, ArrayNode> said) {
        this.access = access;
        this.said = said;
    }

    /** What is said in a channel's guild, read in the caller's transaction; nothing in a direct-message channel. */
    static CommandAccess in(Handle handle, ChannelAccess access) {
        Map<Snowflake, ArrayNode> said = new HashMap<>();
        Snowflake guildId = access.channel().guildId();
        if (guildId != null) {
            handle.select(
                            "SELECT target_id, permissions FROM application_command_permissions WHERE guild_id = ?",
                            guildId.value())
                    .map((rs, context) -> said.put(new Snowflake(rs.getLong("target_id")), (ArrayNode)
                            Json.parse(rs.getString("permissions"))))
                    .list();
        }
        return new CommandAccess(access, said);
    }

    /** Whether the member may use a command there. */
    boolean mayUse(Command command) {
        Member member = access.member();
        Snowflake guildId = access.channel().guildId();
        if (member == null || guildId == null) {
            return command.worksIn(1);
        }
        if (!command.worksIn(0)) {
            return false;
        }
        if (access.may(Permission.ADMINISTRATOR)) {
            return true;
        }
        if (!access.may(Permission.USE_APPLICATION_COMMANDS)) {
            return false;
        }
        Boolean channel = first(command, list -> ofChannel(list, guildId));
        if (channel != null && !channel) {
            return false;
        }
        Boolean user = first(command, list -> ofMember(list, member, guildId));
        if (user != null) {
            return user;
        }
        Long needed = command.defaultMemberPermissions();
        // A command that asks for no permission in particular is for administrators alone.
        return needed == null || (needed != 0 && (access.permissions() & needed) == needed);
    }

    private interface Question {
        @Nullable Boolean answer(ArrayNode permissions);
    }

    private @Nullable Boolean first(Command command, Question question) {
        for (Snowflake target : new Snowflake[] {command.id(), command.applicationId()}) {
            ArrayNode permissions = said.get(target);
            Boolean answer = permissions == null ? null : question.answer(permissions);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /** All channels together have the guild's id less one. */
    private @Nullable Boolean ofChannel(ArrayNode permissions, Snowflake guildId) {
        Boolean one = said(permissions, CHANNEL, access.channel().id().toString());
        return one == null ? said(permissions, CHANNEL, Long.toString(guildId.value() - 1)) : one;
    }

    private static @Nullable Boolean ofMember(ArrayNode permissions, Member member, Snowflake guildId) {
        Boolean user = said(permissions, USER, member.user().id().toString());
        if (user != null) {
            return user;
        }
        Set<String> roles = member.roles().stream().map(Snowflake::toString).collect(Collectors.toSet());
        Boolean ofRoles = null;
        for (JsonNode one : permissions) {
            if (one.path("type").asInt() == ROLE
                    && roles.contains(one.path("id").asText())) {
                ofRoles = (ofRoles != null && ofRoles) || one.path("permission").asBoolean();
            }
        }
        return ofRoles == null ? said(permissions, ROLE, guildId.toString()) : ofRoles;
    }

    private static @Nullable Boolean said(ArrayNode permissions, int type, String id) {
        for (JsonNode one : permissions) {
            if (one.path("type").asInt() == type && one.path("id").asText().equals(id)) {
                return one.path("permission").asBoolean();
            }
        }
        return null;
    }
}
