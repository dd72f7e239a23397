package dev.parley.search;

/**
 * What the index finds messages by, as 64 bits: all rows are of one size, and the index does not spell out what was said.
 * Two tokens may have the same bits; what is found is compared with what was asked.
 */
final class Token {

    /** What a token is about. */
    enum Kind {
        WORD('w'),
        LETTERS('l'),
        AUTHOR('a'),
        AUTHOR_TYPE('t'),
        MENTION('m'),
        MENTION_ROLE('r'),
        MENTION_EVERYONE('e'),
        REPLY_TO_USER('u'),
        REPLY_TO_MESSAGE('p'),
        HAS('h'),
        PINNED('i'),
        LINK_HOST('n'),
        EMBED_PROVIDER('v'),
        EMBED_TYPE('y'),
        FILE_EXTENSION('x'),
        FILE_NAME('f');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }
    }

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Token() {}

    /** The token of a text; the same everywhere and always, since it is stored. */
    static long of(Kind kind, String text) {
        long hash = (FNV_OFFSET ^ kind.mark) * FNV_PRIME;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        // FNV leaves the high bits of short texts alike; this spreads them (MurmurHash3's finalizer).
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    static long of(Kind kind, long id) {
        return of(kind, Long.toString(id));
    }

    static long of(Kind kind) {
        return of(kind, "");
    }
}
