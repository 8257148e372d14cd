package io.muster.cli.resident;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command as the process that the user started passes it on.
 *
 * @param words what the user typed after {@code muster}
 * @param folder where that process works, absolute
 * @param inputFile the file that its standard input reads, as a path that any process of the user can open; "" if it
 *     reads no file
 * @param inputWaits whether something can be read from its standard input
 * @param outIsTerminal whether its stdout is a terminal that can move its cursor
 * @param errIsTerminal the same of stderr
 * @param onlyShows whether it changes nothing: it may be run again when its process is lost, and nobody misses it when
 *     who asked is gone
 * @param startedMillis when it started
 * @param traits {@link ProcessTraits} of it
 */
public record CommandOrder(
        List<String> words,
        Map<String, String> environment,
        String folder,
        String inputFile,
        boolean inputWaits,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean onlyShows,
        long startedMillis,
        String traits) {
    /** An argument or a variable of Linux has at most 128 KiB, all of them together a few MiB. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int MAX_STRINGS = 1 << 20;

    void write(DataOutputStream out) throws IOException {
        out.writeInt(words.size());
        for (String word : words) {
            writeString(out, word);
        }
        out.writeInt(environment.size());
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            writeString(out, variable.getKey());
            writeString(out, variable.getValue());
        }
        writeString(out, folder);
        writeString(out, inputFile);
        out.writeBoolean(inputWaits);
        out.writeBoolean(outIsTerminal);
        out.writeBoolean(errIsTerminal);
        out.writeBoolean(onlyShows);
        out.writeLong(startedMillis);
        writeString(out, traits);
        out.flush();
    }

    static CommandOrder read(DataInputStream in) throws IOException {
        List<String> words = new ArrayList<>();
        for (int left = size(in, MAX_STRINGS); left > 0; left--) {
            words.add(readString(in));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (int left = size(in, MAX_STRINGS); left > 0; left--) {
            environment.put(readString(in), readString(in));
        }
        return new CommandOrder(
                List.copyOf(words),
                Map.copyOf(environment),
                readString(in),
                readString(in),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                readString(in));
    }

    private static void writeString(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readString(DataInputStream in) throws IOException {
        return new String(in.readNBytes(size(in, MAX_BYTES)), StandardCharsets.UTF_8);
    }

    private static int size(DataInputStream in, int max) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > max) {
            throw new IOException("a size of " + size + " where at most " + max + " fits");
        }
        return size;
    }
}
