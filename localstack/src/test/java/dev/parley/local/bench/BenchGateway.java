package dev.parley.local.bench;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.GatewayRoute;
import dev.parley.local.apigateway.ApiGateway;
import dev.parley.local.apigateway.ApiGatewaySettings;
import dev.parley.local.apigateway.GatewayMeter;
import dev.parley.local.fault.Conditions;
import dev.parley.local.lambda.FunctionHost;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The local API Gateway with open connections, whose clients are in this process too and read without looking. Prints its
 * port, then the ids of the connections, and ends when its standard input does.
 */
final class BenchGateway {

    private BenchGateway() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        FunctionSpec function = new FunctionSpec("Connect", "bench.Connect", 128, Duration.ofSeconds(5));
        ApiGateway gateway = new ApiGateway(
                ApiGatewaySettings.defaults("AKIDEXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG+x")),
                List.of(),
                List.of(new GatewayRoute("$connect", function, false)),
                functions(ids),
                Clock.systemUTC(),
                GatewayMeter.none());
        gateway.start();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        for (int i = 0; i < count; i++) {
            connect(loops, gateway.port());
        }
        Conditions.await(count + " connections", () -> ids.size() >= count);
        System.out.println(gateway.port());
        System.out.println(String.join(" ", ids));
        while (System.in.read() >= 0) {
            // Until the parent is gone.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void connect(MultiThreadIoEventLoopGroup loops, int port) throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        opened.pipeline().addLast(new Discarding());
                    }
                })
                .connect("127.0.0.1", port)
                .sync()
                .channel();
        channel.writeAndFlush(Unpooled.copiedBuffer("""
                        GET /gateway HTTP/1.1\r
                        Host: localhost\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        \r
                        """, StandardCharsets.US_ASCII))
                .sync();
    }

    private static FunctionHost functions(Queue<String> ids) {
        return new FunctionHost() {
            @Override
            public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
                ids.add(Json.parse(event)
                        .path("requestContext")
                        .path("connectionId")
                        .asText());
                return CompletableFuture.completedFuture("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void invokeAsync(String functionName, byte[] event) {}

            @Override
            public void close() {}
        };
    }

    private static final class Discarding extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
