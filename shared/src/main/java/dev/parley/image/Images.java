package dev.parley.image;

import dev.parley.catalog.FileFolder;
import dev.parley.snowflake.Snowflake;
import dev.parley.storage.ObjectStore;
import dev.parley.storage.ObjectStore.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images of guilds, groups, users, webhooks and emojis. One that is stored never changes, and stays when another takes
 * its place: caches and clients name it for as long as they like. What a user had goes with its account.
 *
 * <p>Thread-safe.
 */
public final class Images {

    /** Bytes of an icon or an avatar (Discord's limit for avatars). A request on Lambda ends at about 4.4 MB before that. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    /** Bytes of an emoji (Discord documentation, "Emoji Formats"). */
    public static final int MAX_EMOJI_BYTES = 256 * 1024;

    private static final Pattern HASH = Pattern.compile("(a_)?[0-9a-f]{32}");
    private static final Pattern ENDING = Pattern.compile("png|jpg|jpeg|webp|gif");

    /** How many pictures there are for users without an avatar. */
    private static final int DEFAULT_AVATARS = 6;

    private final ObjectStore store;

    public Images(ObjectStore store) {
        this.store = store;
    }

    /** Whose images there are. */
    public enum Owner {
        /** Icons of guilds. */
        GUILD(FileFolder.ICONS),
        /** Icons of groups. */
        GROUP(FileFolder.CHANNEL_ICONS),
        /** Avatars of users, and of webhooks. */
        USER(FileFolder.AVATARS);

        private final FileFolder folder;

        Owner(FileFolder folder) {
            this.folder = folder;
        }
    }

    /**
     * Stores an icon or an avatar.
     *
     * @param ownerId the guild, the group, the user or the webhook
     * @return the hash that the owner's {@code icon} or {@code avatar} is from now on
     */
    public String store(Owner owner, Snowflake ownerId, Image image) {
        String hash = image.hash();
        store.put(key(owner, ownerId, hash), image.bytes(), image.type().contentType(), null);
        return hash;
    }

    /** Removes every icon or avatar that an owner ever had. */
    public void removeAll(Owner owner, Snowflake ownerId) {
        store.deleteAll(folder(owner, ownerId));
    }

    /** Stores the image of an emoji. */
    public void storeEmoji(Snowflake emojiId, Image image) {
        store.put(emojiKey(emojiId), image.bytes(), image.type().contentType(), null);
    }

    /**
     * An icon or an avatar.
     *
     * @param ownerId whose it is, as a link names it
     * @param file hash and ending; whatever the ending is, the image comes as it was stored
     */
    public Optional<Image> find(Owner owner, String ownerId, String file) {
        Snowflake id = Snowflake.parseOrNull(ownerId);
        String hash = withoutEnding(file);
        return id == null || !HASH.matcher(hash).matches() ? Optional.empty() : read(key(owner, id, hash));
    }

    /** The image of an emoji: its id and an ending, as above. */
    public Optional<Image> findEmoji(String file) {
        Snowflake id = Snowflake.parseOrNull(withoutEnding(file));
        return id == null ? Optional.empty() : read(emojiKey(id));
    }

    /** The picture of users without an avatar: a number from 0 to 5, and {@code .png}. */
    public Optional<Image> findDefaultAvatar(String file) {
        for (int n = 0; n < DEFAULT_AVATARS; n++) {
            if (file.equals(n + ".png")) {
                return Optional.of(new Image(ImageType.PNG, resource("/avatars/" + file)));
            }
        }
        return Optional.empty();
    }

    private Optional<Image> read(String key) {
        return store.read(key, MAX_BYTES).map(Contents::bytes).flatMap(bytes -> {
            ImageType type = ImageType.of(bytes);
            return type == null ? Optional.empty() : Optional.of(new Image(type, bytes));
        });
    }

    private static byte[] resource(String name) {
        try (InputStream in = Images.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    private static String withoutEnding(String file) {
        int dot = file.indexOf('.');
        return dot >= 0 && ENDING.matcher(file.substring(dot + 1)).matches() ? file.substring(0, dot) : "";
    }

    private static String folder(Owner owner, Snowflake ownerId) {
        return owner.folder.prefix() + ownerId + "/";
    }

    private static String key(Owner owner, Snowflake ownerId, String hash) {
        return folder(owner, ownerId) + hash;
    }

    private static String emojiKey(Snowflake emojiId) {
        return FileFolder.EMOJIS.prefix() + emojiId;
    }
}
