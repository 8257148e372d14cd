package io.muster.bootstrap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small text file that a node is to have.
 *
 * @param kind whether the text is the whole file or a line of it
 * @param path from the user's home
 * @param mode octal
 * @param text ends with a line end
 */
record InstalledFile(Kind kind, String path, String mode, String text) {
    enum Kind {
        WHOLE("f"),
        LAST_LINE("a"),
        FIRST_LINE("p");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }
    }

    /** What {@code install.sh} reads. */
    static byte[] stream(List<InstalledFile> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (InstalledFile file : files) {
            byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
            String line = file.kind().letter + " " + bytes.length + " " + file.mode() + " " + file.path() + "\n";
            out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(bytes);
        }
        out.writeBytes("end 0 0 end\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
