package dev.parley.guild;

import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;

/** Members in parts that each fit a gateway message. */
public interface MemberChunks {

    /** Members in a part at the most (Discord documentation, "Request Guild Members"). */
    int MOST = 1_000;

    /**
     * Bytes of JSON that the members of a part take: API Gateway carries 128 KB (API Gateway quotas, "WebSocket message
     * payload size"), and there is room for what stands around them.
     */
    int BYTES = 108 * 1024;

    /** How many parts there are; the number does not change. */
    int count();

    /** One of the parts, as it is now: members who have left meanwhile are not there. */
    List<Member> get(int index);

    /**
     * Parts of a list.
     *
     * @param reserve bytes to leave free for each member
     */
    static MemberChunks of(List<Member> members, int reserve) {
        List<List<Member>> parts = new ArrayList<>();
        List<Member> part = new ArrayList<>();
        int bytes = 0;
        for (Member member : members) {
            int size = Json.bytes(member.body()).length + 1 + reserve;
            if (!part.isEmpty() && (bytes + size > BYTES || part.size() == MOST)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(member);
            bytes += size;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return new MemberChunks() {
            @Override
            public int count() {
                return parts.size();
            }

            @Override
            public List<Member> get(int index) {
                return parts.get(index);
            }
        };
    }
}
