package io.muster.examples.heat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** One simulation from the plate to the files: every rank computes, rank 0 reports and writes. */
final class HeatRun {

    private static final long REPORT_NANOS = 1_000_000_000L;

    private final HeatOptions options;
    private final Plate source;
    private final Decomposition decomposition;
    private final Ranks ranks;
    private final PrintStream report;
    private final Solver solver;
    private final Region whole;
    private long lastReport = System.nanoTime();

    HeatRun(HeatOptions options, Plate source, Decomposition decomposition, Ranks ranks, PrintStream report) {
        this.options = options;
        this.source = source;
        this.decomposition = decomposition;
        this.ranks = ranks;
        this.report = report;
        this.solver = new Solver(source, decomposition, Physics.ALUMINIUM, ranks);
        this.whole = new Region(0, 0, decomposition.width(), decomposition.height());
    }

    /** Refuses output that cannot be written, before anything is computed. */
    static void checkOutput(HeatOptions options) throws BadInput {
        List<Path> files = new ArrayList<>(List.of(options.output(), options.residual()));
        options.field().ifPresent(files::add);
        for (Path file : files) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
                throw new BadInput("Output " + file.toAbsolutePath()
                        + " cannot be written. Its folder must exist and be writable, and it must not be a folder.");
            }
        }
    }

    /** Computes and writes; blocks until all ranks are done. */
    void run() throws IOException {
        say(String.format(
                Locale.ROOT,
                "heat: %d ranks (%d × %d), %d × %d cells, %.3g s a step",
                ranks.size(),
                decomposition.columns(),
                decomposition.rows(),
                whole.width(),
                whole.height(),
                Physics.ALUMINIUM.stepSeconds(Math.max(whole.width(), whole.height()))));
        long start = System.nanoTime();
        Consumer<Residual> watcher = this::progress;
        long drawingNanos = 0;
        for (int frame = 1; frame <= options.frames(); frame++) {
            Limit limit = options.limit();
            solver.run(Limit.afterSteps(limit.steps() * frame / options.frames(), limit.lookEvery()), watcher);
            long before = System.nanoTime();
            draw(frameFile(frame), solver.collect());
            drawingNanos += System.nanoTime() - before;
        }
        solver.run(options.limit(), watcher);
        double seconds = (System.nanoTime() - start - drawingNanos) / 1e9;
        Residual last = solver.residuals().getLast();
        double updates = (double) whole.cells() * last.step() / seconds;
        say(String.format(
                Locale.ROOT,
                "heat: %,d steps in %.2f s, %.0f million cell updates/s, %.0f a rank",
                last.step(),
                seconds,
                updates / 1e6,
                updates / 1e6 / ranks.size()));
        double[] celsius = solver.collect();
        draw(options.output(), celsius);
        if (ranks.rank() == 0) {
            Files.writeString(options.residual(), Residual.csv(solver.residuals()));
            if (options.field().isPresent()) {
                Plate end = source.cut(whole, whole).withCelsius(celsius);
                Files.writeString(options.field().get(), PlateFile.text(end));
            }
        }
        say(String.format(
                Locale.ROOT,
                "heat: residual %.3g °C a step, mean %.3f °C; wrote %s and %s",
                last.change(),
                last.temperatures().mean(),
                options.output(),
                options.residual()));
    }

    private Path frameFile(int frame) {
        String name = options.output().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
        return Path.of("%s-%03d%s".formatted(stem, frame, PlainPicture.isMeant(options.output()) ? ".ppm" : ".png"));
    }

    private void progress(Residual residual) {
        long now = System.nanoTime();
        if (now - lastReport >= REPORT_NANOS) {
            lastReport = now;
            say(String.format(
                    Locale.ROOT,
                    "heat: step %,d, %.3f s on the plate, residual %.3g °C a step",
                    residual.step(),
                    residual.seconds(),
                    residual.change()));
        }
    }

    private void say(String line) {
        if (ranks.rank() == 0 && !options.quiet()) {
            report.println(line);
        }
    }

    private void draw(Path file, double[] celsius) throws IOException {
        if (ranks.rank() != 0) {
            return;
        }
        Plate start = source.cut(whole, whole);
        if (PlainPicture.isMeant(file)) {
            Files.write(file, PlainPicture.ppm(start, celsius));
            return;
        }
        Residual last = solver.residuals().getLast();
        Picture.Caption caption = new Picture.Caption(
                String.format(Locale.ROOT, "%s after %.2f s", title(), last.seconds()),
                String.format(
                        Locale.ROOT,
                        "%d ranks (%d × %d) · %d × %d cells · %,d steps · residual %.2g °C a step · mean %.1f °C",
                        ranks.size(),
                        decomposition.columns(),
                        decomposition.rows(),
                        whole.width(),
                        whole.height(),
                        last.step(),
                        last.change(),
                        last.temperatures().mean()));
        BufferedImage image = Picture.draw(start.withCelsius(celsius), Scale.of(start), caption, decomposition);
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("This Java has no PNG writer; " + file + " was not written.");
        }
    }

    private String title() {
        return options.input()
                .map(file -> String.valueOf(file.getFileName())
                        .replaceFirst("\\.[^.]*$", "")
                        .replace('-', ' '))
                .orElse("Cold plate of a server board");
    }
}
