package dev.parley.local.bench;

import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.io.IOException;
import java.io.StringReader;
import java.util.Random;
import org.postgresql.PGConnection;

/** Messages and members as they might be, the same in every run. */
final class HistoryData {

    /** In every third message. */
    static final String COMMON = "hello";

    /** In 100 messages of a channel, whatever its size. */
    static final String RARE = "zyzzyva";

    /** In every twentieth message, with particles behind it. */
    static final String KOREAN = "비행";

    /** In every fiftieth message, amid other letters. */
    static final String JAPANESE = "東京";

    private static final int RARE_MESSAGES = 100;
    private static final int VOCABULARY = 20_000;
    private static final int ROWS_AT_ONCE = 10_000;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호기니디리미비시이지치키티피히";
    private static final String KANJI = "日本語学校会社電車時間今年来月天気新聞音楽映画料理旅行写真";

    private final Database database;
    private final Random random = new Random(20_26);
    private final String[] words = new String[VOCABULARY];

    HistoryData(Database database) {
        this.database = database;
        for (int i = 0; i < VOCABULARY; i++) {
            words[i] = letters(LETTERS, 2 + random.nextInt(8));
        }
    }

    /**
     * Fills a channel, one message a second up to the time given.
     *
     * @return the id of the first message; that of message n is n seconds later
     */
    long fillChannel(long channelId, long authorId, int messages, long untilMillis) throws Exception {
        long first = id(untilMillis - messages * 1000L);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < messages; i++) {
            rows.append(channelId)
                    .append('\t')
                    .append(id(untilMillis - (messages - i) * 1000L))
                    .append('\t')
                    .append(authorId)
                    .append("\t0\t")
                    .append(content(i, messages))
                    .append("\t0\tf\tf\t{}\t{}\t[]\n");
            if ((i + 1) % ROWS_AT_ONCE == 0 || i + 1 == messages) {
                copy(
                        "messages (channel_id, id, author_id, type, content, flags, tts, mention_everyone, mentions,"
                                + " mention_roles, embeds)",
                        rows);
            }
        }
        return first;
    }

    /** Adds members that nobody can sign in as. */
    void fillGuild(long guildId, int members, long firstId) throws Exception {
        StringBuilder users = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < members; i++) {
            long id = firstId + i;
            String name = letters(LETTERS, 8) + id;
            users.append(id)
                    .append('\t')
                    .append(name)
                    .append('\t')
                    .append(name)
                    .append('\t')
                    .append(name)
                    .append("@example.com\tx\n");
            rows.append(guildId)
                    .append('\t')
                    .append(id)
                    .append('\t')
                    .append(i % 4 == 0 ? letters(LETTERS, 6) : "\\N")
                    .append('\n');
            if ((i + 1) % ROWS_AT_ONCE == 0 || i + 1 == members) {
                copy("users (id, username, username_key, email_key, password_hash)", users);
                copy("members (guild_id, user_id, nick)", rows);
            }
        }
    }

    /** A beginning of a name. */
    String prefix(int letters) {
        return letters(LETTERS, letters);
    }

    /** The first id of a moment. */
    static long id(long millis) {
        return (millis - Snowflake.EPOCH_MILLIS) << 22;
    }

    private String content(int number, int messages) {
        StringBuilder content = new StringBuilder();
        if (number % 3 == 0) {
            content.append(COMMON).append(' ');
        }
        if (number % Math.max(1, messages / RARE_MESSAGES) == 0) {
            content.append(RARE).append(' ');
        }
        if (number % 20 == 7) {
            content.append(letters(SYLLABLES, 3))
                    .append(' ')
                    .append(KOREAN)
                    .append("기를 ")
                    .append(letters(SYLLABLES, 4));
        } else if (number % 50 == 11) {
            content.append(letters(KANJI, 4)).append(JAPANESE).append(letters(KANJI, 4));
        } else {
            int length = 3 + random.nextInt(13);
            for (int i = 0; i < length; i++) {
                content.append(word()).append(' ');
            }
        }
        return content.toString().strip();
    }

    /** Some words are used far more often than others (Zipf). */
    private String word() {
        return words[(int) (VOCABULARY * Math.pow(random.nextDouble(), 3))];
    }

    private String letters(String alphabet, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return letters.toString();
    }

    private void copy(String target, StringBuilder rows) throws Exception {
        record Copied(long rows) {}
        Copied copied = database.<Copied, Exception>query(handle -> new Copied(handle.getConnection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + target + " FROM STDIN", new StringReader(rows.toString()))));
        if (copied.rows() == 0) {
            throw new IOException("Nothing was copied into " + target);
        }
        rows.setLength(0);
    }
}
