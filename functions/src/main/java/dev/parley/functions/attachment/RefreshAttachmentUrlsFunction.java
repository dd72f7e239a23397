package dev.parley.functions.attachment;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Makes links to files good for another day. */
public final class RefreshAttachmentUrlsFunction extends HttpFunction {

    public RefreshAttachmentUrlsFunction() {
        this(Parley.fromEnvironment());
    }

    public RefreshAttachmentUrlsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(parley.attachmentDownloads().refresh(call.form()));
    }
}
