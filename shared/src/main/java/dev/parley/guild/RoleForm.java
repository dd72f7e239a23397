package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.permission.Permission;
import dev.parley.protocol.Form;

/** The role that a client asks for (Discord documentation, "Create Guild Role" and "Modify Guild Role"). */
final class RoleForm {

    private static final int MAX_COLOR = 0xFFFFFF;

    private RoleForm() {}

    /**
     * A role with the form's fields in place of its own; what is absent or null stays.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    static Role apply(Form form, Role role) {
        String name = form.optionalText("name", 1, 100);
        Long permissions = Permission.read(form, "permissions");
        Integer color = form.optionalInteger("color", 0, MAX_COLOR);
        JsonNode colors = form.raw("colors");
        if (colors.isObject()) {
            color = colors.path("primary_color").asInt(-1);
            if (color < 0 || color > MAX_COLOR) {
                form.error("colors", "NUMBER_TYPE_RANGE", "int value should be between 0 and 16777215.");
            }
        }
        boolean hoist = form.flag("hoist", role.hoist());
        boolean mentionable = form.flag("mentionable", role.mentionable());
        form.check();
        return new Role(
                role.id(),
                name == null ? role.name() : name,
                permissions == null ? role.permissions() : permissions,
                role.position(),
                color == null ? role.color() : color,
                hoist,
                mentionable,
                role.botId());
    }
}
