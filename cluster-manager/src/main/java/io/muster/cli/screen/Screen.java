package io.muster.cli.screen;

import io.muster.cli.screen.Destination.Kind;
import io.muster.cli.screen.Style.Colour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * The two streams of the command: results on stdout, everything else on stderr, and below it one live line that is
 * redrawn in place while stderr is a terminal. Thread-safe; every call writes whole lines at once.
 */
public final class Screen {
    private static final byte[] ERASE_LINE = {'\r', 27, '[', '2', 'K'};
    private static final String FANCY = "✔✘—…·⠋";

    private final Destination out;
    private final Destination err;
    private final Charset charset;
    private final Colour outColour;
    private final Colour errColour;
    private String live = "";

    /**
     * @param charset what the terminal shows; characters that it lacks get plain twins
     * @param environment where {@code NO_COLOR} may stand
     */
    public Screen(Destination out, Destination err, Charset charset, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.charset = charset;
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        this.outColour = noColour || out.kind() == Kind.PLAIN ? Colour.NONE : Colour.ANSI;
        this.errColour = noColour || err.kind() == Kind.PLAIN ? Colour.NONE : Colour.ANSI;
    }

    /** Whether progress may be drawn in place. */
    public boolean isLive() {
        return err.kind() == Kind.TERMINAL;
    }

    /** Whether stdout shows colours. */
    public Colour outColour() {
        return outColour;
    }

    /** The text as a result on stdout would show it. */
    public String result(Style style, String text) {
        return style.apply(text, outColour);
    }

    /** The text as a message on stderr would show it. */
    public String message(Style style, String text) {
        return style.apply(text, errColour);
    }

    /** One or more lines of result, on stdout. */
    public void print(String text) {
        writeOut(encoded(text + "\n"));
    }

    /** Bytes of result as they are, on stdout. */
    public void printRaw(byte[] bytes) {
        writeOut(bytes);
    }

    /** One or more lines for a person, on stderr. */
    public void say(String text) {
        writeErr(encoded(text + "\n"));
    }

    /** Bytes as they are, on stderr. */
    public void sayRaw(byte[] bytes) {
        writeErr(bytes);
    }

    /** A question on stderr, its line left open for the answer. */
    public void ask(String question) {
        writeErr(encoded(question + " "));
    }

    /** Draws this line in place of the last live one; "" takes it away. Nothing happens unless {@link #isLive()}. */
    public synchronized void live(String line) {
        if (!isLive() || line.equals(live)) {
            return;
        }
        live = line;
        writeQuietly(concat(ERASE_LINE, encoded(line)));
    }

    private synchronized void writeOut(byte[] bytes) {
        boolean sameTerminal = !live.isEmpty() && out.kind() == Kind.TERMINAL;
        if (sameTerminal) {
            writeQuietly(ERASE_LINE);
        }
        try {
            out.stream().write(bytes);
            out.stream().flush();
        } catch (IOException e) {
            throw new ClosedOutput(e);
        }
        if (sameTerminal) {
            writeQuietly(encoded(live));
        }
    }

    private synchronized void writeErr(byte[] bytes) {
        if (live.isEmpty()) {
            writeQuietly(bytes);
        } else {
            writeQuietly(concat(ERASE_LINE, bytes, encoded(live)));
        }
    }

    private void writeQuietly(byte[] bytes) {
        OutputStream stream = err.stream();
        try {
            stream.write(bytes);
            stream.flush();
        } catch (IOException e) {
            // Nobody reads stderr: there is nobody to tell, and the work goes on.
            live = "";
        }
    }

    private byte[] encoded(String text) {
        return (charset.newEncoder().canEncode(FANCY) ? text : plain(text)).getBytes(charset);
    }

    private static String plain(String text) {
        StringBuilder twin = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            switch (c) {
                case '✔' -> twin.append("ok");
                case '✘' -> twin.append("failed");
                case '—' -> twin.append('-');
                case '…' -> twin.append("...");
                case '·', '⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏' -> twin.append('*');
                default -> twin.append((char) c);
            }
        });
        return twin.toString();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
