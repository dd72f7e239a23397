package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinningTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement: SET application_name = 'parley'",
                "execute <unnamed>: SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "execute <unnamed>: set local statement_timeout = '1s'",
                "execute <unnamed>: RESET ALL",
                "execute <unnamed>: SELECT set_config('a.b', 'c', false)",
                "statement: PREPARE one AS SELECT 1",
                "statement: DEALLOCATE ALL",
                "statement: DISCARD ALL",
                "execute S_1: SELECT 1",
                "execute <unnamed>/C_2: SELECT 1",
                "execute fetch from <unnamed>/C_2: SELECT 1",
                "execute <unnamed>: DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "execute <unnamed>: LISTEN news",
                "execute <unnamed>: LOAD 'auto_explain'",
                "execute <unnamed>: CREATE TEMP TABLE mine (id bigint)",
                "execute <unnamed>:   create\n  temporary view mine AS SELECT 1",
                "execute <unnamed>: SELECT 1 INTO TEMP mine",
                "execute <unnamed>: INSERT INTO t VALUES (nextval('s'))",
                "execute <unnamed>: SELECT pg_try_advisory_lock(1)",
                "execute <unnamed>: SELECT pg_advisory_lock_shared(1)"
            })
    void knowsWhatPins(String noted) {
        assertThat(Pinning.reason(noted)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute <unnamed>: BEGIN",
                "execute <unnamed>: COMMIT",
                "execute <unnamed>: SHOW TRANSACTION ISOLATION LEVEL",
                "execute <unnamed>: SELECT pg_advisory_xact_lock(1)",
                "execute <unnamed>: UPDATE guilds SET name = $1 WHERE id = $2",
                "execute <unnamed>: SELECT 'SET x', content FROM messages WHERE content = ' LISTEN nextval('",
                "connection received: host=127.0.0.1"
            })
    void letsTheRestBe(String noted) {
        assertThat(Pinning.reason(noted)).isEmpty();
    }

    @Test
    void countsTheBytesOfAStatement() {
        assertThat(Pinning.reason("execute <unnamed>: SELECT '" + "é".repeat(8_180) + "'"))
                .isEmpty();
        assertThat(Pinning.reason("execute <unnamed>: SELECT '" + "é".repeat(8_192) + "'"))
                .hasValue("is longer than 16 KB");
    }
}
