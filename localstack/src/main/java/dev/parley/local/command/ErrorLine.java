package dev.parley.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong, without a stack trace, and ends with {@link ParleyCommand#USER_ERROR}. */
public final class ErrorLine implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        String message = failure.getMessage();
        line.getErr()
                .println(Ansi.AUTO.string("@|bold,red error:|@ ")
                        + (message == null ? failure.getClass().getSimpleName() : message));
        return ParleyCommand.USER_ERROR;
    }
}
