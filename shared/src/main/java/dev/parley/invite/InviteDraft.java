package dev.parley.invite;

import dev.parley.protocol.Form;

/**
 * The invite that a client asks for (Discord documentation, "Create Channel Invite"), checked.
 *
 * @param maxAge seconds until it ends, 0 for never, at most 7 days
 * @param maxUses 0 for any number, at most 100
 * @param unique whether an invite of the same kind must not be given again
 */
record InviteDraft(int maxAge, int maxUses, boolean temporary, boolean unique) {

    private static final int ONE_DAY = 86_400;
    private static final int ONE_WEEK = 604_800;

    static InviteDraft read(Form form) {
        Integer maxAge = form.optionalInteger("max_age", 0, ONE_WEEK);
        Integer maxUses = form.optionalInteger("max_uses", 0, 100);
        boolean temporary = form.flag("temporary", false);
        boolean unique = form.flag("unique", false);
        form.check();
        return new InviteDraft(maxAge == null ? ONE_DAY : maxAge, maxUses == null ? 0 : maxUses, temporary, unique);
    }
}
