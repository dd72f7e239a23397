package dev.parley.catalog;

/** The folders of the object store: a function may touch what is in one of these, and nothing else. */
public enum FileFolder {
    /** Files of messages. */
    ATTACHMENTS("attachments"),
    /** Icons of guilds. */
    ICONS("icons"),
    /** Icons of groups. */
    CHANNEL_ICONS("channel-icons"),
    /** Avatars of users, and of webhooks. */
    AVATARS("avatars"),
    EMOJIS("emojis"),
    /** What clients upload and no message has yet; a rule of the bucket removes it after a day. */
    UPLOADS("uploads");

    private final String folder;

    FileFolder(String folder) {
        this.folder = folder;
    }

    /** What the keys of its objects begin with: the folder's name and a slash. */
    public String prefix() {
        return folder + "/";
    }
}
