package dev.parley.local.lambda;

import java.io.ByteArrayOutputStream;

/** Collects a function's answer and keeps no more than the limit; counts what went over. Used by one thread. */
final class CappedOutput extends ByteArrayOutputStream {

    private long written;

    @Override
    public synchronized void write(int b) {
        written++;
        if (written <= PayloadLimits.SYNC) {
            super.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        written += length;
        if (written <= PayloadLimits.SYNC) {
            super.write(bytes, offset, length);
        }
    }

    /** All bytes that the function wrote, kept or not. */
    synchronized long written() {
        return written;
    }
}
