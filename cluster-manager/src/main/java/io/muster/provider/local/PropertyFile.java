package io.muster.provider.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** A small file of names and values that is either there and whole or not there. */
record PropertyFile(Path file, Properties values) {

    static PropertyFile read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            values.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        return new PropertyFile(file, values);
    }

    static void write(Path file, Properties values) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (Writer out = Files.newBufferedWriter(partial)) {
            values.store(out, null);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String text(String name) throws IOException {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IOException(file + " is damaged: it has no " + name);
        }
        return value;
    }

    int number(String name) throws IOException {
        String value = text(name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: " + name + " is '" + value + "', not a number", e);
        }
    }
}
