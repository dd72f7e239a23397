package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One function's object, made at its first event through the constructor that takes the system. A class that cannot be
 * made is tried again with the next event.
 *
 * <p>Thread-safe.
 */
final class HandlerHolder {

    private final FunctionSpec function;
    private final Parley parley;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RequestStreamHandler handler;

    HandlerHolder(FunctionSpec function, Parley parley) {
        this.function = function;
        this.parley = parley;
    }

    FunctionSpec function() {
        return function;
    }

    /**
     * The one object of the function.
     *
     * @throws InvocationException if the class is missing or its constructor throws
     * @throws InterruptedException if the invocation's time is up while another one makes the object
     */
    RequestStreamHandler get() throws InterruptedException {
        RequestStreamHandler made = handler;
        if (made != null) {
            return made;
        }
        lock.lockInterruptibly();
        try {
            made = handler;
            if (made == null) {
                made = make();
                handler = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private RequestStreamHandler make() {
        try {
            Object object = Class.forName(function.handler())
                    .getConstructor(Parley.class)
                    .newInstance(parley);
            if (object instanceof RequestStreamHandler found) {
                return found;
            }
            throw broken("is no RequestStreamHandler", null);
        } catch (ClassNotFoundException e) {
            throw broken("is not on the class path", e);
        } catch (NoSuchMethodException e) {
            throw broken("has no public constructor that takes a Parley", e);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            throw broken("could not be made: " + thrown, thrown);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw broken("could not be made: " + e, e);
        }
    }

    private InvocationException broken(String problem, @Nullable Throwable cause) {
        String message = "Function " + function.name() + " cannot start: class " + function.handler() + " " + problem;
        return cause == null
                ? new InvocationException(Reason.FUNCTION_ERROR, message)
                : new InvocationException(Reason.FUNCTION_ERROR, message, cause);
    }
}
