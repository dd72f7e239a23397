package dev.parley.local.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** JSON, and what nearly is, that tries a server: as text, since much of it is no tree. */
final class HostileJson {

    /** The limits that texts of the API have, in code points. */
    private static final List<Integer> LIMITS =
            List.of(1, 2, 25, 32, 80, 90, 100, 128, 256, 512, 1000, 1024, 1521, 2000, 4000, 4096, 6000);

    private static final List<String> CHARACTERS = List.of(
            "a",
            "\uD83D\uDE00",
            "e\u0301",
            "\u202E",
            "\u200D",
            "\u5B57",
            "\uFDFA",
            " ",
            "\\u0000",
            "\\n",
            "\\ud83d",
            "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "<@1>",
            "\\\"",
            "%",
            "*",
            "@everyone ");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "1",
            "1.5",
            "1e400",
            "1e-400",
            "1e1000000000",
            "-1e1000000000",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999999",
            "NaN",
            "-Infinity",
            "+1",
            "01",
            "0x10",
            ".5",
            "'a'",
            "undefined",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "[\"\"]",
            "[1,\"1\",null,{}]",
            "{\"a\":1,\"a\":2}",
            "{\"\":\"\"}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"a\\udfffb\"",
            "\"\\u202e\\u2066abc\"",
            "\"\\ufeff\"",
            "\"\\u200b\"",
            "\"NaN\"",
            "\"1e5\"",
            "\"-1\"",
            "\"9223372036854775807\"",
            "\"9223372036854775808\"",
            "\"18446744073709551616\"",
            "\"\uFF11\uFF12\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"2026-02-30\"",
            "\"data:image/png;base64,####\"",
            "\"data:image/png;base64,\"",
            "\"data:;,\"",
            "\"(a+)+$\"",
            "\"[\"",
            "\"(?<=a{1,100})\"",
            "\"http://[::1\"",
            "\"javascript:alert(1)\"",
            "\"https://a b\"",
            "\"attachment://\"",
            "\"../../etc/passwd\"",
            "\"';--\"");

    private final Random random;

    HostileJson(Random random) {
        this.random = random;
    }

    /** One value. */
    String value() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> text();
            case 2 -> nested(random.nextBoolean() ? 5 : 60 + random.nextInt(8));
            case 3 -> random.nextBoolean() ? "9".repeat(1 + random.nextInt(1200)) : "[" + many(value0()) + "]";
            case 4 -> Long.toString(random.nextLong());
            case 5 -> "\"" + Long.toUnsignedString(random.nextLong()) + "\"";
            default -> value0();
        };
    }

    /** A whole body that is of no use to any route. */
    byte[] body() {
        return switch (random.nextInt(14)) {
            case 0 -> new byte[0];
            case 1 -> utf8("{\"content\":\"\uFEFF");
            case 2 -> new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};
            case 3 -> new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'};
            case 4 -> "{\"content\":\"a\"}".getBytes(StandardCharsets.UTF_16);
            case 5 -> utf8("{} {}");
            case 6 -> utf8("{\"a\":".repeat(2000));
            case 7 -> utf8("[".repeat(100_000));
            case 8 -> bytes(random.nextInt(300));
            case 9 -> utf8("{\"name\":\"" + "\uFDFA".repeat(random.nextInt(8) == 0 ? 400_000 : 20_000) + "\"}");
            case 10 -> utf8("{\"name\":\"a\",\"name\":" + value() + ",\"content\":\"b\",\"content\":" + value() + "}");
            case 11 -> utf8("[" + value() + "," + value() + "]");
            default -> utf8(value());
        };
    }

    /** A string of about as many code points as some limit allows. */
    String text() {
        String character = pick(CHARACTERS);
        int length = Math.max(0, pick(LIMITS) + random.nextInt(3) - 1);
        return "\"" + character.repeat(length) + "\"";
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String value0() {
        return pick(VALUES);
    }

    private String many(String element) {
        return (element + ",").repeat(random.nextInt(300)) + element;
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
