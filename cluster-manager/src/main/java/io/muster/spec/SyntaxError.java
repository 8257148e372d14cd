package io.muster.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** What a YAML parser complained about, in words for the author of the file. */
final class SyntaxError {
    private static final Pattern MARK = Pattern.compile("line ([0-9]+), column ([0-9]+)");
    private static final Pattern SNIPPET = Pattern.compile("(?m)^( in .*|    .*)\n?");

    private SyntaxError() {}

    static void report(JacksonException error, ProblemSink problems) {
        String raw = String.valueOf(error.getOriginalMessage());
        List<Located.Spot> marks = marks(raw, error);
        String found = SNIPPET.matcher(raw).replaceAll("").strip().replaceAll("\\s*\n\\s*", ", ");
        if (raw.contains("(TAB)")) {
            problems.add(
                    marks.getLast(),
                    "",
                    "a tab character stands where YAML wants spaces",
                    "\t",
                    "Indent with spaces, two a level.");
        } else if (raw.contains("while scanning a quoted scalar")) {
            problems.add(
                    marks.getFirst(), "", "a quote is opened here and never closed", "", "Close it, or leave it out.");
        } else if (raw.contains("mapping values are not allowed here")) {
            problems.add(
                    marks.getLast(),
                    "",
                    "a colon stands where no key can be",
                    ":",
                    "Give each key a line of its own, keys of one section the same indentation, and put text with a"
                            + " colon in quotes.");
        } else {
            problems.add(
                    marks.getLast(),
                    "",
                    "this is no YAML: " + Printable.of(found),
                    "",
                    "Write \"key: value\" lines, those of one section with the same indentation.");
        }
    }

    private static List<Located.Spot> marks(String raw, JacksonException error) {
        List<Located.Spot> marks = new ArrayList<>();
        Matcher mark = MARK.matcher(raw);
        while (mark.find()) {
            marks.add(new Located.Spot(Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)), 1));
        }
        TokenStreamLocation location = error.getLocation();
        if (marks.isEmpty()) {
            boolean known = location != null && location.getLineNr() >= 1;
            marks.add(
                    known
                            ? new Located.Spot(location.getLineNr(), Math.max(1, location.getColumnNr()), 1)
                            : new Located.Spot(1, 1, 1));
        }
        return marks;
    }
}
