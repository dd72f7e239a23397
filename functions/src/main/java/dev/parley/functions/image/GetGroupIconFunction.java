package dev.parley.functions.image;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.image.Images;

/** Shows the icon of a group. */
public final class GetGroupIconFunction extends HttpFunction {

    public GetGroupIconFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGroupIconFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return ImageReply.of(parley.images().find(Images.Owner.GROUP, call.path("channel_id"), call.path("filename")));
    }
}
