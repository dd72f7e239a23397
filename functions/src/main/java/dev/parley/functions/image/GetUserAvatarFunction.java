package dev.parley.functions.image;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.image.Images;

/** Shows the avatar of a user. */
public final class GetUserAvatarFunction extends HttpFunction {

    public GetUserAvatarFunction() {
        this(Parley.fromEnvironment());
    }

    public GetUserAvatarFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return ImageReply.of(parley.images().find(Images.Owner.USER, call.path("user_id"), call.path("filename")));
    }
}
