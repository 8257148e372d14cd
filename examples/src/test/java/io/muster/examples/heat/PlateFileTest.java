package io.muster.examples.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlateFileTest {

    private static final int TEXT_CELLS = 160;

    @TempDir
    Path folder;

    @Test
    void colours_of_a_picture_become_cells() throws Exception {
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xff333333);
        image.setRGB(1, 0, 0xffff0000);
        image.setRGB(2, 0, 0xff3300cc);
        Path file = folder.resolve("plate.png");
        ImageIO.write(image, "png", file.toFile());

        Plate plate = PlateFile.read(file);

        assertThat(plate.kinds()).containsExactly(Plate.CONDUCTS, Plate.HELD, Plate.HELD, Plate.INSULATES);
        assertThat(plate.celsius()).containsExactly(20, 100, 20, 0);
    }

    @Test
    void values_of_a_text_become_cells() throws Exception {
        Plate plate = PlateFile.read(text("# two rows\n20, =95.5\nx, -3\n"));

        assertThat(plate.kinds()).containsExactly(Plate.CONDUCTS, Plate.HELD, Plate.INSULATES, Plate.CONDUCTS);
        assertThat(plate.celsius()).containsExactly(20, 95.5, 0, -3);
    }

    @Test
    void a_bad_text_names_the_line_and_the_value() throws IOException {
        Path odd = text("1,2\n1,warm\n");
        assertThatThrownBy(() -> PlateFile.read(odd)).hasMessageContaining("line 2 value 2: 'warm'");

        Path ragged = text("1,2\n1\n");
        assertThatThrownBy(() -> PlateFile.read(ragged)).hasMessageContaining("line 2 has 1 values");
    }

    @Test
    void a_file_that_is_no_plate_says_so() throws IOException {
        Path file = Files.writeString(folder.resolve("plate.png"), "no picture");

        assertThatThrownBy(() -> PlateFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> PlateFile.read(folder.resolve("none.csv"))).hasMessageContaining("does not exist");
    }

    @Test
    void the_input_in_the_repository_is_what_its_program_draws() throws Exception {
        BufferedImage drawn = ColdPlateDrawing.draw();
        BufferedImage stored =
                ImageIO.read(Path.of("input", PlateFile.DEFAULT_NAME).toFile());

        assertThat(pixels(stored)).isEqualTo(pixels(drawn));
    }

    @Test
    void the_text_in_the_repository_is_the_picture_in_fewer_cells() throws Exception {
        assertThat(Path.of("input", "cold-plate.csv")).hasContent(coldPlateAsText());
    }

    private static String coldPlateAsText() throws BadInput {
        Plate picture = PlateFile.readDefault();
        Region cells = picture.sizeFor(TEXT_CELLS);
        Plate small = picture.cut(cells, cells);
        Arrays.setAll(small.celsius(), i -> Math.rint(small.celsius()[i]));
        return "# The cold plate of a server board: cold-plate.png in 160 x 120 cells and whole degrees.\n"
                + PlateFile.text(small);
    }

    @Test
    void a_plate_that_is_written_is_read_again_to_the_last_bit() throws Exception {
        Plate plate = PlateFile.read(text("20,=95.50000000000001\nx,-0.1\n"));

        Plate again = PlateFile.read(text(PlateFile.text(plate)));

        assertThat(again.kinds()).isEqualTo(plate.kinds());
        assertThat(again.celsius()).isEqualTo(plate.celsius());
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private Path text(String text) throws IOException {
        return Files.writeString(folder.resolve("plate.csv"), text);
    }
}
