package dev.parley.functions.attachment;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import java.util.Map;

/**
 * Sends whoever has a link to a file on to its bytes in S3.
 *
 * <p>Caches may keep the answer for anybody: they keep it by the whole link, which is what gives the right to the file. They
 * keep it for less time than the link to S3 is good for.
 */
public final class GetAttachmentFunction extends HttpFunction {

    public GetAttachmentFunction() {
        this(Parley.fromEnvironment());
    }

    public GetAttachmentFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        String path = "/attachments/%s/%s/%s"
                .formatted(call.path("channel_id"), call.path("attachment_id"), call.path("filename"));
        return parley.attachmentDownloads()
                .locate(path, call.queries())
                .map(location -> HttpReply.found(location, Map.of("cache-control", "public, max-age=600")))
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND));
    }
}
