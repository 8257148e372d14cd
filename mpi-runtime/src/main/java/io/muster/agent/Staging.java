package io.muster.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The client's side of staging: files one after the other, with a window of chunks under way. */
final class Staging {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int WINDOW = 16;

    private final AgentCall call;
    private final String jobId;
    private final LongConsumer progress;
    private long doneBytes;

    Staging(AgentCall call, String jobId, LongConsumer progress) {
        this.call = call;
        this.jobId = jobId;
        this.progress = progress;
    }

    static String sha256(StagedFile file) throws IOException {
        try {
            return Sha256.of(file.local());
        } catch (NoSuchFileException e) {
            throw notThere(file, e);
        }
    }

    void stage(StagedFile file, String sha256) throws IOException {
        try {
            long sizeBytes = Files.size(file.local());
            call.send(new AgentRequest.Stage(jobId, file.relativePath(), file.executable(), sizeBytes, sha256));
            if (call.expect(AgentReply.Wanted.class).content()) {
                sendContent(file, sizeBytes);
            } else {
                advance(sizeBytes);
            }
        } catch (NoSuchFileException e) {
            throw notThere(file, e);
        }
    }

    private static IOException notThere(StagedFile file, NoSuchFileException e) {
        return new IOException("cannot stage " + file.local() + ": there is no such file", e);
    }

    private void sendContent(StagedFile file, long sizeBytes) throws IOException {
        byte[] buffer = new byte[CHUNK_BYTES];
        long left = sizeBytes;
        int underWay = 0;
        try (InputStream in = Files.newInputStream(file.local())) {
            do {
                int read = in.readNBytes(buffer, 0, (int) Math.min(CHUNK_BYTES, left));
                if (read == 0 && left > 0) {
                    throw new IOException("cannot stage " + file.local() + ": it became shorter while it was sent");
                }
                call.send(new AgentRequest.Chunk(Arrays.copyOf(buffer, read)));
                left -= read;
                advance(read);
                underWay++;
                if (underWay == WINDOW) {
                    call.expect(AgentReply.Done.class);
                    underWay--;
                }
            } while (left > 0);
        }
        for (; underWay > 0; underWay--) {
            call.expect(AgentReply.Done.class);
        }
    }

    private void advance(long bytes) {
        doneBytes += bytes;
        progress.accept(doneBytes);
    }
}
