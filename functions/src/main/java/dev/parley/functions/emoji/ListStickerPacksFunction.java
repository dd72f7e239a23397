package dev.parley.functions.emoji;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;

/** Lists the packs of stickers: there are none. */
public final class ListStickerPacksFunction extends HttpFunction {

    public ListStickerPacksFunction() {
        this(Parley.fromEnvironment());
    }

    public ListStickerPacksFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        ObjectNode body = Json.object();
        body.putArray("sticker_packs");
        return HttpReply.ok(body);
    }
}
