package io.muster.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, columns as wide as their widest cell. A heading that ends in ">" stands to the right. */
public final class Table {
    private static final String GAP = "  ";
    private static final String RIGHT = ">";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with one cell a heading. */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headings.size() + " headings");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(oneLine(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    /** The lines, without a line end after the last; headings stand out where stdout has colours. */
    public String render(Screen screen) {
        List<String> lines = new ArrayList<>();
        List<String> names = headings.stream().map(Table::name).toList();
        lines.add(screen.result(Style.DIM, line(names)));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines);
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String filling = " ".repeat(width(column) - length(cell));
            boolean right = headings.get(column).endsWith(RIGHT);
            line.append(column == 0 ? "" : GAP).append(right ? filling + cell : cell + filling);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = length(name(headings.get(column)));
        for (List<String> row : rows) {
            width = Math.max(width, length(row.get(column)));
        }
        return width;
    }

    private static String name(String heading) {
        return heading.endsWith(RIGHT) ? heading.substring(0, heading.length() - 1) : heading;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
