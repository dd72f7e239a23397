package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import java.time.Duration;

/** The frames of the gateway that the server sends (Discord documentation, "Gateway Events", "Opcodes"). */
public final class Frame {

    private Frame() {}

    /** Op 0, exactly as the scripts put it together. */
    static String dispatch(long s, String rest) {
        return "{\"op\":0,\"s\":" + s + rest;
    }

    /** What of op 0 comes after its {@code s}. */
    static String dispatchRest(DispatchType type, String data) {
        return ",\"t\":\"" + type + "\",\"d\":" + data + "}";
    }

    /** Op 7: reconnect and resume. */
    public static String reconnect() {
        return frame(7, Json.object().nullNode());
    }

    /** Op 9: the session cannot be used; {@code resumable} says whether the client may resume it. */
    public static String invalidSession(boolean resumable) {
        return frame(9, Json.object().booleanNode(resumable));
    }

    /** Op 10, the first frame of a connection. */
    public static String hello(Duration heartbeatInterval) {
        return frame(10, Json.object().put("heartbeat_interval", heartbeatInterval.toMillis()));
    }

    /** Op 11, the answer to a heartbeat. */
    public static String heartbeatAck() {
        return frame(11, Json.object().nullNode());
    }

    private static String frame(int op, JsonNode data) {
        ObjectNode frame = Json.object();
        frame.put("op", op);
        frame.set("d", data);
        frame.putNull("s");
        frame.putNull("t");
        return Json.text(frame);
    }
}
