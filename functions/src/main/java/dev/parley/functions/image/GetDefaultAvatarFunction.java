package dev.parley.functions.image;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Shows the avatar of users who have none. */
public final class GetDefaultAvatarFunction extends HttpFunction {

    public GetDefaultAvatarFunction() {
        this(Parley.fromEnvironment());
    }

    public GetDefaultAvatarFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return ImageReply.of(parley.images().findDefaultAvatar(call.path("filename")));
    }
}
