package io.muster.cli.document;

import io.muster.api.OutputLine;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of output as {@code logs} prints it: as text, or in base64 when it is not UTF-8.
 *
 * @param rank who wrote it; nothing for a line of a library's own launcher
 */
public record LineDocument(Optional<Integer> rank, String stream, Optional<String> text, Optional<String> base64) {

    public static LineDocument of(OutputLine line) {
        String stream = line.stream().name().toLowerCase(Locale.ROOT);
        Optional<Integer> rank = Optional.of(line.rank()).filter(number -> number != OutputLine.LAUNCHER);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString();
            return new LineDocument(rank, stream, Optional.of(text), Optional.empty());
        } catch (CharacterCodingException e) {
            String base64 = Base64.getEncoder().encodeToString(line.bytes());
            return new LineDocument(rank, stream, Optional.empty(), Optional.of(base64));
        }
    }
}
