package io.muster.examples.heat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Reads a plate from a picture or from comma-separated values.
 *
 * <p>In a picture every pixel is a cell. Transparent pixels insulate. Grey ones conduct and start between 0 °C (black)
 * and 100 °C (white). Coloured ones are heaters and coolers: pure red is held at 100 °C, pure blue at
 * 0 °C, mixtures lie between.
 *
 * <p>In a text every value is a cell: {@code 20} conducts and starts at 20 °C, {@code =95} is held at 95 °C, {@code x}
 * insulates. Lines that start with {@code #} are comments.
 */
final class PlateFile {

    static final String DEFAULT_NAME = "cold-plate.png";

    private static final int OPAQUE = 128;
    private static final int COLOURED = 40;
    private static final double WHITE_CELSIUS = 100;
    private static final double HOTTEST = 10_000;

    private PlateFile() {}

    /** Reads a file; its name's ending tells the format. */
    static Plate read(Path file) throws BadInput {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadInput("Input " + file.toAbsolutePath() + " does not exist. Give --input a PNG or CSV file.");
        } catch (IOException e) {
            throw new BadInput("Input " + file.toAbsolutePath() + " cannot be read: " + e.getMessage() + ".");
        }
        return parse(file.toString(), bytes);
    }

    /** Reads the plate that comes with the program. */
    static Plate readDefault() throws BadInput {
        try (var stream = PlateFile.class.getResourceAsStream(DEFAULT_NAME)) {
            if (stream == null) {
                throw new BadInput("This build lacks its input " + DEFAULT_NAME + ". Give one with --input.");
            }
            return parse(DEFAULT_NAME, stream.readAllBytes());
        } catch (IOException e) {
            throw new BadInput("Input " + DEFAULT_NAME + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** A plate as comma-separated values; {@link #read} gives the same plate, to the last bit. */
    static String text(Plate plate) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < plate.kinds().length; i++) {
            double celsius = plate.celsius()[i];
            String number = celsius == Math.rint(celsius) ? Long.toString((long) celsius) : Double.toString(celsius);
            text.append(
                    switch (plate.kinds()[i]) {
                        case Plate.INSULATES -> "x";
                        case Plate.HELD -> "=" + number;
                        default -> number;
                    });
            text.append((i + 1) % plate.width() == 0 ? '\n' : ',');
        }
        return text.toString();
    }

    private static Plate parse(String name, byte[] bytes) throws BadInput {
        return name.toLowerCase(Locale.ROOT).endsWith(".csv")
                ? fromText(name, new String(bytes, StandardCharsets.UTF_8))
                : fromImage(name, bytes);
    }

    private static Plate fromImage(String name, byte[] bytes) throws BadInput {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new BadInput("Input " + name + " is a damaged picture: " + e.getMessage() + ".");
        }
        if (image == null) {
            throw new BadInput("Input " + name + " is neither a picture (PNG) nor named .csv.");
        }
        Plate plate = Plate.uniform(image.getWidth(), image.getHeight(), 0);
        for (int i = 0; i < plate.kinds().length; i++) {
            int argb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            plate.kinds()[i] = kind(argb);
            plate.celsius()[i] = celsius(argb);
        }
        return plate;
    }

    private static byte kind(int argb) {
        int red = argb >> 16 & 0xff;
        int green = argb >> 8 & 0xff;
        int blue = argb & 0xff;
        if (argb >>> 24 < OPAQUE) {
            return Plate.INSULATES;
        }
        boolean coloured = Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) >= COLOURED;
        return coloured ? Plate.HELD : Plate.CONDUCTS;
    }

    private static double celsius(int argb) {
        int red = argb >> 16 & 0xff;
        int blue = argb & 0xff;
        return switch (kind(argb)) {
            case Plate.HELD -> WHITE_CELSIUS * red / Math.max(1, red + blue);
            case Plate.CONDUCTS -> WHITE_CELSIUS * (red + (argb >> 8 & 0xff) + blue) / (3 * 255);
            default -> 0;
        };
    }

    private static Plate fromText(String name, String text) throws BadInput {
        List<String> lines = text.lines().toList();
        Plate plate = null;
        int row = 0;
        int rows = (int) lines.stream().filter(PlateFile::isRow).count();
        for (int line = 0; line < lines.size(); line++) {
            if (!isRow(lines.get(line))) {
                continue;
            }
            String[] values = lines.get(line).split(",", -1);
            if (plate == null) {
                plate = Plate.uniform(values.length, rows, 0);
            }
            if (values.length != plate.width()) {
                throw new BadInput("Input " + name + " line " + (line + 1) + " has " + values.length
                        + " values, the first has " + plate.width() + ". Every line needs the same number.");
            }
            for (int x = 0; x < values.length; x++) {
                put(plate, row * plate.width() + x, values[x].strip(), name + " line " + (line + 1));
            }
            row++;
        }
        if (plate == null) {
            throw new BadInput("Input " + name + " has no values.");
        }
        return plate;
    }

    private static boolean isRow(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static void put(Plate plate, int cell, String value, String where) throws BadInput {
        if (value.equals("x")) {
            plate.kinds()[cell] = Plate.INSULATES;
            return;
        }
        boolean held = value.startsWith("=");
        try {
            plate.celsius()[cell] = Double.parseDouble(held ? value.substring(1) : value);
        } catch (NumberFormatException e) {
            throw new BadInput("Input " + where + " value " + (cell % plate.width() + 1) + ": '" + value
                    + "' is no temperature. Write 20, =95 (held) or x (insulates).");
        }
        if (!(Math.abs(plate.celsius()[cell]) <= HOTTEST)) {
            throw new BadInput("Input " + where + ": " + value + " °C is not within ±" + HOTTEST + " °C.");
        }
        plate.kinds()[cell] = held ? Plate.HELD : Plate.CONDUCTS;
    }
}
