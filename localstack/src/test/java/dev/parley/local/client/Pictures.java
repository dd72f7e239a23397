package dev.parley.local.client;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Images for tests. */
public final class Pictures {

    /** Two pixels wide, one high. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAEElEQVR4nGP8z8Dwn4GBAQAKBAEBd2zXJwAAAABJRU5ErkJggg==";

    private static final String GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    private Pictures() {}

    /** A PNG of 2 by 1 pixels. */
    public static byte[] png() {
        return Base64.getDecoder().decode(PNG);
    }

    /** A GIF of 1 by 1 pixel. */
    public static byte[] gif() {
        return Base64.getDecoder().decode(GIF);
    }

    /** A PNG with as much behind its end as makes it this large. */
    public static byte[] png(int bytes) {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(png());
        padded.writeBytes(new byte[bytes - padded.size()]);
        return padded.toByteArray();
    }

    /** An image as a form carries it. */
    public static String dataUri(String contentType, byte[] bytes) {
        return "data:" + contentType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
