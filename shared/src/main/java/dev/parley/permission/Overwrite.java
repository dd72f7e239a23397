package dev.parley.permission;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.parley.snowflake.Snowflake;

/**
 * What a channel allows or denies a role or a member (Discord documentation, "Overwrite Object").
 *
 * @param id the role's or the user's id
 * @param type {@link #ROLE} or {@link #MEMBER}
 */
public record Overwrite(
        Snowflake id,
        int type,
        @JsonSerialize(using = ToStringSerializer.class) long allow,
        @JsonSerialize(using = ToStringSerializer.class) long deny) {

    public static final int ROLE = 0;
    public static final int MEMBER = 1;
}
