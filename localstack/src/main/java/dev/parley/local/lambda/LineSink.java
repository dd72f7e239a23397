package dev.parley.local.lambda;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what functions in other processes print. Implementations are thread-safe. */
@FunctionalInterface
public interface LineSink {

    /** One line of a function's output, without its end. */
    void line(String function, String line);

    /** Writes the lines to this process's log, under the function's name. */
    static LineSink log() {
        return (function, line) -> {
            Logger log = LoggerFactory.getLogger("dev.parley.local.function." + function);
            log.info("{}", line);
        };
    }
}
