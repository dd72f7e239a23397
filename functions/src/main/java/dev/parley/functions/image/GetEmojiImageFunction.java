package dev.parley.functions.image;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Shows a custom emoji. */
public final class GetEmojiImageFunction extends HttpFunction {

    public GetEmojiImageFunction() {
        this(Parley.fromEnvironment());
    }

    public GetEmojiImageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return ImageReply.of(parley.images().findEmoji(call.path("filename")));
    }
}
