package dev.parley.local.apigateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection: puts requests together, hands them over one after the other, and writes the answers in their
 * order. It bounds what a client can hold: 10,240 bytes of request line and header values, 10 MB of body unless it is relayed, and the time of
 * each step.
 *
 * <p>Lives on its channel's event loop; only {@link #expire} may be called from elsewhere.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or a close that fails ends in handlerRemoved
final class HttpConnection extends ChannelInboundHandlerAdapter {

    /** "Quotas for configuring and running an HTTP API in API Gateway": request line and header values together. */
    static final int MAX_HEAD_BYTES = 10_240;

    /** "Quotas for configuring and running an HTTP API in API Gateway": payload size. */
    static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    private static final byte[] NOTHING = {};

    /** The address of a client that has gone already. */
    private static final String UNKNOWN_IP = "0.0.0.0";

    private final SocketChannel channel;
    private final Consumer<Exchange> door;
    private final ToIntFunction<HttpRequest> bodyLimit;
    private final AnswerHeaders answerHeaders;
    private final Clock clock;
    private final Set<HttpConnection> open;
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();

    private volatile HttpPhase phase = HttpPhase.HEAD;
    private volatile long since;

    private @Nullable HttpRequest head;
    private @Nullable ByteArrayOutputStream body;
    private @Nullable Exchange current;
    private int maxBody = MAX_BODY_BYTES;
    private boolean busy;
    private boolean keepAlive;
    private boolean refused;
    private boolean draining;

    /**
     * @param door takes each request; must not block
     * @param bodyLimit bytes of body that a request may have
     * @param open where the connection lists itself while it speaks HTTP
     */
    HttpConnection(
            SocketChannel channel,
            Consumer<Exchange> door,
            ToIntFunction<HttpRequest> bodyLimit,
            AnswerHeaders answerHeaders,
            Clock clock,
            Set<HttpConnection> open) {
        this.channel = channel;
        this.door = door;
        this.bodyLimit = bodyLimit;
        this.answerHeaders = answerHeaders;
        this.clock = clock;
        this.open = open;
        this.since = clock.millis();
    }

    /** Closes the connection if its present step takes too long. Any thread may call. */
    void expire(long now) {
        if (now - since > phase.limitMillis()) {
            channel.close();
        }
    }

    /** Says that bytes have come, before they make a request. */
    void touch() {
        if (phase == HttpPhase.IDLE) {
            enter(HttpPhase.HEAD);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        open.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        open.remove(this);
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (busy && !refused) {
            // A pipelined request. Nothing more is read until it is its turn.
            waiting.add(object);
            channel.config().setAutoRead(false);
        } else {
            receive(object);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void receive(HttpObject object) {
        try {
            if (refused) {
                if (object instanceof LastHttpContent && phase == HttpPhase.LINGERING) {
                    channel.close();
                }
                return;
            }
            if (object.decoderResult().isFailure()) {
                refuse(decodingFailure(object.decoderResult().cause()));
                return;
            }
            if (object instanceof HttpRequest request) {
                begin(request);
            }
            if (!refused && object instanceof HttpContent content) {
                take(content);
            }
        } finally {
            ReferenceCountUtil.release(object);
        }
    }

    private void begin(HttpRequest request) {
        head = request;
        body = null;
        maxBody = bodyLimit.applyAsInt(request);
        keepAlive = HttpUtil.isKeepAlive(request);
        enter(HttpPhase.BODY);
        if (headBytes(request) > MAX_HEAD_BYTES) {
            refuse(Reply.message(431, "Request Header Fields Too Large"));
        } else if (HttpUtil.getContentLength(request, 0L) > maxBody) {
            refuse(Reply.message(413, "Request Entity Too Large"));
        } else if (HttpUtil.is100ContinueExpected(request)) {
            channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void take(HttpContent content) {
        HttpRequest request = head;
        if (request == null) {
            return;
        }
        ByteBuf bytes = content.content();
        ByteArrayOutputStream collected = body;
        boolean last = content instanceof LastHttpContent;
        if (last && collected == null) {
            dispatch(request, bytes.isReadable() ? ByteBufUtil.getBytes(bytes) : NOTHING);
            return;
        }
        if (collected == null) {
            collected = new ByteArrayOutputStream(bytes.readableBytes() * 2);
            body = collected;
        }
        if (collected.size() + bytes.readableBytes() > maxBody) {
            refuse(Reply.message(413, "Request Entity Too Large"));
            return;
        }
        append(bytes, collected);
        since = clock.millis();
        if (last) {
            dispatch(request, collected.toByteArray());
        }
    }

    private void dispatch(HttpRequest request, byte[] bytes) {
        body = null;
        busy = true;
        enter(HttpPhase.RUNNING);
        InetSocketAddress peer = channel.remoteAddress();
        String sourceIp = peer == null ? UNKNOWN_IP : peer.getAddress().getHostAddress();
        Exchange exchange = new Exchange(
                Request.of(
                        request.method(),
                        request.protocolVersion().text(),
                        request.uri(),
                        request.headers(),
                        bytes,
                        sourceIp),
                this,
                channel);
        current = exchange;
        door.accept(exchange);
    }

    /** Writes the answer to the present request; anything else is dropped. */
    void answer(Exchange exchange, Reply reply) {
        HttpRequest request = head;
        if (exchange != current || request == null) {
            return;
        }
        current = null;
        enter(HttpPhase.WRITING);
        boolean withBody = !request.method().equals(HttpMethod.HEAD);
        channel.writeAndFlush(answerHeaders.response(reply, keepAlive, withBody))
                .addListener(written -> afterAnswer(written.isSuccess()));
    }

    /** Closes the connection instead of answering the present request. */
    void drop(Exchange exchange) {
        if (exchange == current) {
            current = null;
            channel.close();
        }
    }

    private void afterAnswer(boolean written) {
        if (!written || !keepAlive) {
            channel.close();
            return;
        }
        head = null;
        busy = false;
        enter(HttpPhase.IDLE);
        drain();
    }

    private void drain() {
        if (draining || waiting.isEmpty()) {
            return;
        }
        draining = true;
        while (!busy || refused) {
            HttpObject next = waiting.poll();
            if (next == null) {
                break;
            }
            receive(next);
        }
        draining = false;
        if (waiting.isEmpty()) {
            channel.config().setAutoRead(true);
        }
    }

    /** Stops speaking HTTP. */
    void leave() {
        current = null;
        open.remove(this);
        channel.pipeline().remove(this);
    }

    /** Answers before the request has ended, and drops the rest for a while so that the client can read the answer. */
    private void refuse(Reply reply) {
        refused = true;
        busy = true;
        keepAlive = false;
        body = null;
        enter(HttpPhase.WRITING);
        ChannelFuture written = channel.writeAndFlush(answerHeaders.response(reply, false, true));
        written.addListener(done -> {
            enter(HttpPhase.LINGERING);
            channel.shutdownOutput();
        });
    }

    private static Reply decodingFailure(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
            return Reply.message(431, "Request Header Fields Too Large");
        }
        return Reply.message(400, "Bad Request");
    }

    private static int headBytes(HttpRequest request) {
        int bytes = request.method().name().length()
                + request.uri().length()
                + request.protocolVersion().text().length()
                + 2;
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getValue().length();
        }
        return bytes;
    }

    private static void append(ByteBuf from, ByteArrayOutputStream to) {
        try {
            from.getBytes(from.readerIndex(), to, from.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy a body", e);
        }
    }

    private void enter(HttpPhase next) {
        phase = next;
        since = clock.millis();
    }
}
