package dev.parley.image;

import org.jspecify.annotations.Nullable;

/**
 * How large an image is in pixels, as its headers say. Nothing is decoded, so that an image costs the same whatever it claims
 * to unpack to.
 *
 * @param width 1 to 65,535
 * @param height 1 to 65,535
 */
public record ImageSize(int width, int height) {

    private static final int LARGEST = 0xFFFF;

    /** Markers of JPEG that a scan passes before it knows the size; more than that no camera writes. */
    private static final int MOST_SEGMENTS = 1000;

    /**
     * Reads the size.
     *
     * @param bytes the image, or its beginning: JPEG may have its size behind kilobytes of other data
     * @return null if it is no image, or says nothing sensible
     */
    public static @Nullable ImageSize read(byte[] bytes) {
        ImageType type = ImageType.of(bytes);
        if (type == null) {
            return null;
        }
        return switch (type) {
            case PNG -> ImageType.startsWith(bytes, 12, "IHDR") ? of(int32(bytes, 16), int32(bytes, 20)) : null;
            case GIF -> of(little16(bytes, 6), little16(bytes, 8));
            case JPEG -> jpeg(bytes);
            case WEBP -> webp(bytes);
        };
    }

    private static @Nullable ImageSize of(int width, int height) {
        boolean sensible = width > 0 && width <= LARGEST && height > 0 && height <= LARGEST;
        return sensible ? new ImageSize(width, height) : null;
    }

    /** ITU T.81, B.1.1: segments of a marker and a length, until one that starts a frame. */
    private static @Nullable ImageSize jpeg(byte[] bytes) {
        int at = 2;
        for (int segments = 0; segments < MOST_SEGMENTS; segments++) {
            while (byteAt(bytes, at) == 0xFF && byteAt(bytes, at + 1) == 0xFF) {
                at++; // fill bytes
            }
            int marker = byteAt(bytes, at + 1);
            if (byteAt(bytes, at) != 0xFF || marker < 0) {
                return null;
            }
            // C4, C8 and CC are tables, not frames.
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                return of(big16(bytes, at + 7), big16(bytes, at + 5));
            }
            boolean alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
            int length = alone ? 0 : big16(bytes, at + 2);
            if (!alone && length < 2) {
                return null;
            }
            at += 2 + length;
        }
        return null;
    }

    /** RFC 9649: the extended, the lossless and the lossy form. */
    private static @Nullable ImageSize webp(byte[] bytes) {
        if (ImageType.startsWith(bytes, 12, "VP8X")) {
            return of(1 + little24(bytes, 24), 1 + little24(bytes, 27));
        }
        if (ImageType.startsWith(bytes, 12, "VP8L")) {
            int bits = little16(bytes, 21) | little16(bytes, 23) << 16;
            return little16(bytes, 23) < 0 ? null : of(1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF));
        }
        if (ImageType.startsWith(bytes, 12, "VP8 ")) {
            return of(little16(bytes, 26) & 0x3FFF, little16(bytes, 28) & 0x3FFF);
        }
        return null;
    }

    /** -1 behind the end, as all of these. */
    private static int byteAt(byte[] bytes, int at) {
        return at < bytes.length ? bytes[at] & 0xFF : -1;
    }

    private static int big16(byte[] bytes, int at) {
        return at + 1 < bytes.length ? byteAt(bytes, at) << 8 | byteAt(bytes, at + 1) : -1;
    }

    private static int little16(byte[] bytes, int at) {
        return at + 1 < bytes.length ? byteAt(bytes, at + 1) << 8 | byteAt(bytes, at) : -1;
    }

    private static int little24(byte[] bytes, int at) {
        return at + 2 < bytes.length ? byteAt(bytes, at + 2) << 16 | little16(bytes, at) : -1;
    }

    private static int int32(byte[] bytes, int at) {
        return at + 3 < bytes.length ? big16(bytes, at) << 16 | big16(bytes, at + 2) : -1;
    }
}
