package dev.parley.functions.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.fanout.Partition;
import dev.parley.fanout.Partitions;
import dev.parley.fanout.Partitions.Received;
import java.util.List;

/** Delivers the events of large guilds to one part of their sessions. */
public final class DeliverFunction extends BatchFunction {

    public DeliverFunction() {
        this(Parley.fromEnvironment());
    }

    public DeliverFunction(Parley parley) {
        super(parley, "deliveries");
    }

    @Override
    protected void prime() throws Exception {
        super.prime();
        parley.primePosts();
    }

    @Override
    List<String> handle(List<JsonNode> records) {
        return parley.fanout()
                .partitions()
                .deliver(records.stream().map(DeliverFunction::received).toList());
    }

    private static Received received(JsonNode record) {
        Partition partition = Partitions.decode(record.path("body").asText());
        return new Received(
                record.path("messageId").asText(), place(record, partition.event(), partition.repeated()), partition);
    }
}
