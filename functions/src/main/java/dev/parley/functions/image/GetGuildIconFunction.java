package dev.parley.functions.image;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.image.Images;

/** Shows the icon of a guild. */
public final class GetGuildIconFunction extends HttpFunction {

    public GetGuildIconFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildIconFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return ImageReply.of(parley.images().find(Images.Owner.GUILD, call.path("guild_id"), call.path("filename")));
    }
}
