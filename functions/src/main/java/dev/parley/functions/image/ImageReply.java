package dev.parley.functions.image;

import dev.parley.functions.http.HttpReply;
import dev.parley.image.Image;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import java.util.Map;
import java.util.Optional;

/** The answer that carries an image. What a name stands for never changes, so that it is kept for as long as caches like. */
final class ImageReply {

    private static final Map<String, String> FOR_EVER = Map.of("cache-control", "public, max-age=31536000, immutable");

    private ImageReply() {}

    /**
     * 200 with the image.
     *
     * @throws ApiException {@code NOT_FOUND} if there is none
     */
    static HttpReply of(Optional<Image> found) {
        Image image = found.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND));
        return HttpReply.bytes(image.type().contentType(), image.bytes(), FOR_EVER);
    }
}
