/*
 * Heat on a plate, computed by all ranks together.
 *
 * Explicit finite differences, second order in space. The plate is cut in two dimensions; every rank advances its tile
 * while the edges travel to and from its neighbours.
 */
#include <getopt.h>
#include <math.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Aluminium, 24 cm along the longer side, time steps of four fifths of the largest stable one. */
static const double DIFFUSIVITY = 9.7e-5; /* m²/s */
static const double LONGER_SIDE = 0.24;   /* m */
static const double RATIO = 0.2;          /* time step × diffusivity ÷ cell size² */

enum { LOOK_EVERY = 100, SMALLEST = 8, LARGEST = 32768, BAD_INPUT = 2 };
enum { CONDUCTS, HELD, INSULATES };
enum { WEST = 1, EAST = 2, NORTH = 4, SOUTH = 8, ALL_OPEN = 15 };

static const char USAGE[] =
    "Heat on a plate, computed by all ranks together.\n\n"
    "  --input FILE      plate as CSV: 20 conducts and starts at 20 °C, =95 is held at 95 °C, x insulates\n"
    "  --size N          cells along the longer side (default 512)\n"
    "  --steps N         time steps (default 3000)\n"
    "  --until CHANGE    instead of --steps: until no cell changes by more than so many °C in a step\n"
    "  --output FILE     picture of the result, one pixel a cell (default heat.ppm)\n"
    "  --residual FILE   residual over time as CSV (default residual.csv)\n"
    "  --field FILE      also the temperatures, as a CSV that --input reads\n"
    "  --help            this text\n\n"
    "Example: mpirun -n 8 heat --input cold-plate.csv --size 1024\n";

typedef struct {
    const char *input, *output, *residual, *field;
    long size, steps;
    double until;
} Options;

typedef struct {
    int width, height;
    double *celsius; /* row by row */
    char *kind;
} Plate;

/* The cells of one rank with a frame of one cell around them: row y, column x is at [y * stride + x], from 1. */
typedef struct {
    int left, top, width, height, stride;
    double *now, *next;
    char *kind, *open; /* open: which neighbours conduct; 0 where the temperature never changes */
} Tile;

static int rank, size;

static void *allocate(size_t count, size_t bytes)
{
    void *memory = calloc(count, bytes);
    if (memory == NULL) {
        fprintf(stderr, "heat: rank %d has no memory for %zu × %zu bytes. Take more ranks or a smaller --size.\n",
                rank, count, bytes);
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    return memory;
}

/* Ends every rank; all must call it. Rank 0 says why, unless it has done so. */
static void refuse(const char *what, const char *value)
{
    if (rank == 0 && what != NULL)
        fprintf(stderr, "heat: %s '%s'. --help lists the options.\n", what, value);
    MPI_Finalize();
    exit(BAD_INPUT);
}

static long whole_number(const char *what, const char *text, long least, long most)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || number < least || number > most)
        refuse(what, text);
    return number;
}

static Options parse(int argc, char **argv)
{
    static const struct option names[] = {
        {"input", required_argument, NULL, 'i'},    {"size", required_argument, NULL, 'n'},
        {"steps", required_argument, NULL, 's'},    {"until", required_argument, NULL, 'u'},
        {"output", required_argument, NULL, 'o'},   {"field", required_argument, NULL, 'f'},
        {"residual", required_argument, NULL, 'r'}, {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    Options options = {NULL, "heat.ppm", "residual.csv", NULL, 512, 0, -1};
    char *end;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, ":h", names, NULL)) != -1;) {
        switch (option) {
        case 'i': options.input = optarg; break;
        case 'o': options.output = optarg; break;
        case 'r': options.residual = optarg; break;
        case 'f': options.field = optarg; break;
        case 'n': options.size = whole_number("--size takes a whole number from 8 to 32768, not",
                                              optarg, SMALLEST, LARGEST); break;
        case 's': options.steps = whole_number("--steps takes a whole number above 0, not",
                                               optarg, 1, 1000000000000L); break;
        case 'u':
            options.until = strtod(optarg, &end);
            if (end == optarg || *end != '\0' || !(options.until > 0) || isinf(options.until))
                refuse("--until takes a change in °C above 0, such as 1e-4, not", optarg);
            break;
        case 'h':
            if (rank == 0)
                fputs(USAGE, stdout);
            MPI_Finalize();
            exit(0);
        case ':': refuse("a value is missing after", argv[optind - 1]); break;
        default: refuse("unknown argument", argv[optind - 1]);
        }
    }
    if (optind < argc)
        refuse("unknown argument", argv[optind]);
    if (options.input == NULL)
        refuse("a plate is missing: give a CSV file with", "--input");
    if (options.until > 0 && options.steps > 0)
        refuse("--until does not go together with", "--steps");
    if (options.steps == 0)
        options.steps = options.until > 0 ? 1000000000000L : 3000;
    return options;
}

/* ---- the plate: rank 0 reads it, since the others may run where the file is not ---- */

static char *read_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    char *text = NULL;
    size_t length = 0, capacity = 0;
    while (file != NULL && !feof(file) && !ferror(file)) {
        if (length == capacity)
            text = realloc(text, (capacity = 2 * capacity + 65536) + 1);
        if (text == NULL)
            break;
        length += fread(text + length, 1, capacity - length, file);
    }
    if (file == NULL || text == NULL || ferror(file)) {
        perror("heat: the file of --input cannot be read");
        return NULL;
    }
    fclose(file);
    text[length] = '\0';
    return text;
}

/* One cell of the file: 20 conducts, =95 is held, x insulates. Returns 0 when it is none of these. */
static int read_cell(const char *text, double *celsius, char *kind)
{
    char word[64], rest;
    int held;
    if (sscanf(text, " %63s %c", word, &rest) != 1)
        return 0;
    *celsius = 0;
    *kind = INSULATES;
    if (strcmp(word, "x") == 0)
        return 1;
    held = word[0] == '=';
    *kind = held ? HELD : CONDUCTS;
    char *end;
    *celsius = strtod(word + held, &end);
    return end != word + held && *end == '\0' && fabs(*celsius) <= 10000;
}

static int is_row(const char *line)
{
    return line[0] != '#' && line[strspn(line, " \t\r")] != '\0';
}

/* Cuts off what stands before the next separator; an empty piece counts. */
static char *piece(char **rest, const char *separator)
{
    char *start = *rest;
    if (start != NULL) {
        char *end = strpbrk(start, separator);
        *rest = end == NULL ? NULL : end + 1;
        if (end != NULL)
            *end = '\0';
    }
    return start;
}

/* Returns a plate without cells when the file is wrong, after saying why. */
static Plate read_plate(const char *name)
{
    Plate plate = {0, 0, NULL, NULL}, none = plate;
    char *text = read_file(name), *line;
    if (text == NULL)
        return none;
    size_t capacity = strlen(text) + 1, cells = 0;
    plate.celsius = allocate(capacity, sizeof(double));
    plate.kind = allocate(capacity, 1);
    for (int number = 1; (line = piece(&text, "\n")) != NULL; number++) {
        int width = 0;
        if (!is_row(line))
            continue;
        for (char *value; (value = piece(&line, ",")) != NULL; cells++) {
            width++;
            if (!read_cell(value, &plate.celsius[cells], &plate.kind[cells])) {
                fprintf(stderr, "heat: %s line %d value %d: '%s' is no temperature within ±10000 °C. "
                        "Write 20, =95 (held) or x (insulates).\n", name, number, width, value);
                return none;
            }
        }
        if (plate.height++ == 0)
            plate.width = width;
        if (width != plate.width) {
            fprintf(stderr, "heat: %s line %d has %d values, the first has %d. Every line needs the same number.\n",
                    name, number, width, plate.width);
            return none;
        }
    }
    if (plate.height == 0)
        fprintf(stderr, "heat: %s has no values. Write a line for each row of the plate.\n", name);
    return plate;
}

static Plate share(Plate plate)
{
    int shape[2] = {plate.width, plate.height};
    MPI_Bcast(shape, 2, MPI_INT, 0, MPI_COMM_WORLD);
    if (shape[0] == 0)
        refuse(NULL, NULL);
    plate.width = shape[0];
    plate.height = shape[1];
    if (rank > 0) {
        plate.celsius = allocate((size_t)shape[0] * shape[1], sizeof(double));
        plate.kind = allocate((size_t)shape[0] * shape[1], 1);
    }
    MPI_Bcast(plate.celsius, shape[0] * shape[1], MPI_DOUBLE, 0, MPI_COMM_WORLD);
    MPI_Bcast(plate.kind, shape[0] * shape[1], MPI_CHAR, 0, MPI_COMM_WORLD);
    return plate;
}

static int scaled(int side, long cells, int longer)
{
    long rounded = (2L * side * cells + longer) / (2L * longer);
    return rounded > 1 ? (int)rounded : 1;
}

/* The part of a plate that is width × height cells after each new cell has taken its nearest old one. */
static void cut(const Plate *plate, int width, int height, const Tile *part)
{
    for (int y = 0; y < part->height + 2; y++) {
        for (int x = 0; x < part->width + 2; x++) {
            long at_x = part->left + x - 1, at_y = part->top + y - 1;
            int cell = y * part->stride + x;
            part->kind[cell] = INSULATES;
            if (at_x >= 0 && at_y >= 0 && at_x < width && at_y < height) {
                long old = (2 * at_y + 1) * plate->height / (2 * height) * plate->width
                           + (2 * at_x + 1) * plate->width / (2 * width);
                part->now[cell] = plate->celsius[old];
                part->kind[cell] = plate->kind[old];
            }
        }
    }
}

/* ---- one tile ---- */

static int first(int part, int parts, int cells) { return (int)((long)part * cells / parts); }

static Tile tile_at(const int coordinates[2], const int rows_columns[2], int width, int height)
{
    Tile tile = {0};
    tile.top = first(coordinates[0], rows_columns[0], height);
    tile.left = first(coordinates[1], rows_columns[1], width);
    tile.height = first(coordinates[0] + 1, rows_columns[0], height) - tile.top;
    tile.width = first(coordinates[1] + 1, rows_columns[1], width) - tile.left;
    tile.stride = tile.width + 2;
    return tile;
}

static void fill(Tile *tile, const Plate *plate, int width, int height)
{
    size_t cells = (size_t)tile->stride * (tile->height + 2);
    tile->now = allocate(cells, sizeof(double));
    tile->next = allocate(cells, sizeof(double));
    tile->kind = allocate(cells, 1);
    tile->open = allocate(cells, 1);
    cut(plate, width, height, tile);
    for (int y = 1; y <= tile->height; y++) {
        for (int x = 1; x <= tile->width; x++) {
            const char *kind = &tile->kind[y * tile->stride + x];
            if (*kind == CONDUCTS)
                tile->open[y * tile->stride + x] = (kind[-1] != INSULATES ? WEST : 0)
                                                   | (kind[1] != INSULATES ? EAST : 0)
                                                   | (kind[-tile->stride] != INSULATES ? NORTH : 0)
                                                   | (kind[tile->stride] != INSULATES ? SOUTH : 0);
        }
    }
}

/* Computes the next temperatures of some rows and columns. Sums run in the same order everywhere, so that results do
   not depend on the number of ranks. */
static void advance(const Tile *tile, int top, int bottom, int left, int right)
{
    int stride = tile->stride;
    for (int y = top; y <= bottom; y++) {
        for (int x = left; x <= right; x++) {
            const double *u = &tile->now[y * stride + x];
            double t = *u, west = u[-1], east = u[1], north = u[-stride], south = u[stride];
            int open = tile->open[y * stride + x];
            double flow = (west + east) + (north + south) - 4 * t;
            if (open != ALL_OPEN)
                flow = ((open & WEST ? west - t : 0) + (open & EAST ? east - t : 0))
                       + ((open & NORTH ? north - t : 0) + (open & SOUTH ? south - t : 0));
            tile->next[y * stride + x] = t + RATIO * flow;
        }
    }
}

/* One time step of all ranks: the inside is computed while the edges travel. */
static void step(Tile *tile, MPI_Comm grid, MPI_Datatype column)
{
    int w = tile->width, h = tile->height, stride = tile->stride, west, east, north, south;
    double *u = tile->now;
    MPI_Request requests[8];
    MPI_Cart_shift(grid, 0, 1, &north, &south);
    MPI_Cart_shift(grid, 1, 1, &west, &east);
    MPI_Irecv(&u[1], w, MPI_DOUBLE, north, 0, grid, &requests[0]);
    MPI_Irecv(&u[(h + 1) * stride + 1], w, MPI_DOUBLE, south, 1, grid, &requests[1]);
    MPI_Irecv(&u[stride], 1, column, west, 2, grid, &requests[2]);
    MPI_Irecv(&u[stride + w + 1], 1, column, east, 3, grid, &requests[3]);
    MPI_Isend(&u[h * stride + 1], w, MPI_DOUBLE, south, 0, grid, &requests[4]);
    MPI_Isend(&u[stride + 1], w, MPI_DOUBLE, north, 1, grid, &requests[5]);
    MPI_Isend(&u[stride + w], 1, column, east, 2, grid, &requests[6]);
    MPI_Isend(&u[stride + 1], 1, column, west, 3, grid, &requests[7]);

    advance(tile, 2, h - 1, 2, w - 1);
    MPI_Waitall(8, requests, MPI_STATUSES_IGNORE);
    advance(tile, 1, 1, 1, w);
    advance(tile, h, h, 1, w);
    advance(tile, 2, h - 1, 1, 1);
    advance(tile, 2, h - 1, w, w);

    tile->now = tile->next;
    tile->next = u;
}

/* Looks at the whole plate after a step; rank 0 writes a line. Returns the largest change of a cell. */
static double look(const Tile *tile, MPI_Comm grid, long steps, double seconds, FILE *file)
{
    double most[3] = {0, -INFINITY, -INFINITY}, sums[2] = {0, 0}; /* change, warmest, -coldest; °C, cells */
    for (int y = 1; y <= tile->height; y++) {
        for (int x = 1; x <= tile->width; x++) {
            int cell = y * tile->stride + x;
            if (tile->kind[cell] != INSULATES) {
                double t = tile->now[cell];
                most[0] = fmax(most[0], fabs(t - tile->next[cell])); /* next holds the step before */
                most[1] = fmax(most[1], t);
                most[2] = fmax(most[2], -t);
                sums[0] += t;
                sums[1] += 1;
            }
        }
    }
    MPI_Allreduce(MPI_IN_PLACE, most, 3, MPI_DOUBLE, MPI_MAX, grid);
    MPI_Allreduce(MPI_IN_PLACE, sums, 2, MPI_DOUBLE, MPI_SUM, grid);
    if (rank == 0)
        fprintf(file, "%ld,%#.6g,%.9e,%.4f,%.6f,%.4f\n", steps, seconds, most[0], -most[2],
                sums[0] / fmax(1, sums[1]), most[1]);
    return most[0];
}

/* ---- the results ---- */

/* Collects all tiles on rank 0, row by row. */
static double *gather(const Tile *mine, MPI_Comm grid, const int rows_columns[2], int width, int height)
{
    double *all = rank == 0 ? allocate((size_t)width * height, sizeof(double)) : NULL;
    MPI_Datatype inside, place;
    MPI_Request request;
    MPI_Type_vector(mine->height, mine->width, mine->stride, MPI_DOUBLE, &inside);
    MPI_Type_commit(&inside);
    MPI_Isend(&mine->now[mine->stride + 1], 1, inside, 0, 4, grid, &request);
    for (int from = 0; rank == 0 && from < size; from++) {
        int coordinates[2];
        MPI_Cart_coords(grid, from, 2, coordinates);
        Tile tile = tile_at(coordinates, rows_columns, width, height);
        MPI_Type_vector(tile.height, tile.width, width, MPI_DOUBLE, &place);
        MPI_Type_commit(&place);
        MPI_Recv(&all[(size_t)tile.top * width + tile.left], 1, place, from, 4, grid, MPI_STATUS_IGNORE);
        MPI_Type_free(&place);
    }
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Type_free(&inside);
    return all;
}

static void put_colour(double place, FILE *file)
{
    static const unsigned char COLOURS[10][3] = {
        {9, 12, 39}, {38, 20, 92}, {86, 27, 126}, {143, 43, 124}, {194, 58, 106},
        {234, 88, 72}, {253, 134, 38}, {255, 184, 52}, {251, 230, 121}, {255, 253, 209}};
    double at = fmin(fmax(place, 0), 1) * 9;
    int below = at < 8 ? (int)at : 8;
    for (int k = 0; k < 3; k++) {
        int from = COLOURS[below][k], to = COLOURS[below + 1][k];
        putc((int)(from + (at - below) * (to - from) + 0.5), file);
    }
}

/* Colours span the temperatures of the start, since heat never leaves that range. */
static void write_picture(const Tile *start, const double *celsius, FILE *file)
{
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < start->stride * (start->height + 2); i++) {
        if (start->kind[i] != INSULATES) {
            low = fmin(low, start->now[i]);
            high = fmax(high, start->now[i]);
        }
    }
    fprintf(file, "P6\n%d %d\n255\n", start->width, start->height);
    for (int y = 0; y < start->height; y++) {
        for (int x = 0; x < start->width; x++) {
            if (start->kind[(y + 1) * start->stride + x + 1] == INSULATES)
                fwrite("\x1c\x21\x2b", 1, 3, file);
            else
                put_colour((celsius[(size_t)y * start->width + x] - low) / (high > low ? high - low : 1), file);
        }
    }
}

static void write_field(const Tile *start, const double *celsius, FILE *file)
{
    for (int y = 0; y < start->height; y++) {
        for (int x = 0; x < start->width; x++) {
            char kind = start->kind[(y + 1) * start->stride + x + 1];
            if (kind == INSULATES)
                fputs("x", file);
            else
                fprintf(file, "%s%.17g", kind == HELD ? "=" : "", celsius[(size_t)y * start->width + x]);
            putc(x + 1 < start->width ? ',' : '\n', file);
        }
    }
}

static FILE *open_output(const char *name, int *good)
{
    FILE *file = name == NULL ? NULL : fopen(name, "wb");
    if (name != NULL && file == NULL) {
        fprintf(stderr, "heat: output %s cannot be written. Its folder must exist and be writable.\n", name);
        *good = 0;
    }
    return file;
}

static void close_output(const char *name, FILE *file)
{
    if (file != NULL && (ferror(file) | fclose(file))) {
        fprintf(stderr, "heat: %s could not be written. Free some space or name another file.\n", name);
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    Options options = parse(argc, argv);

    Plate plate = {0, 0, NULL, NULL};
    FILE *picture = NULL, *residual = NULL, *field = NULL;
    if (rank == 0) {
        int good = 1;
        plate = read_plate(options.input);
        if (plate.width > 0) {
            picture = open_output(options.output, &good);
            residual = good ? open_output(options.residual, &good) : NULL;
            field = good ? open_output(options.field, &good) : NULL;
        }
        if (!good)
            plate.width = 0;
    }
    plate = share(plate);

    int longer = plate.width > plate.height ? plate.width : plate.height;
    int width = scaled(plate.width, options.size, longer), height = scaled(plate.height, options.size, longer);
    int rows_columns[2] = {0, 0}, open_ends[2] = {0, 0}, coordinates[2];
    MPI_Dims_create(size, 2, rows_columns);
    if (rows_columns[0] > height || rows_columns[1] > width)
        refuse("there are more ranks than the plate can be cut for; take fewer or a larger", "--size");
    MPI_Comm grid;
    MPI_Cart_create(MPI_COMM_WORLD, 2, rows_columns, open_ends, 0, &grid);
    MPI_Cart_coords(grid, rank, 2, coordinates);

    Tile tile = tile_at(coordinates, rows_columns, width, height);
    fill(&tile, &plate, width, height);
    MPI_Datatype column;
    MPI_Type_vector(tile.height, 1, tile.stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);

    if (rank == 0) {
        printf("heat: %d ranks (%d × %d), %d × %d cells\n", size, rows_columns[1], rows_columns[0], width, height);
        fflush(stdout);
        fprintf(residual, "step,time_s,residual_celsius,coldest,mean,warmest\n");
    }
    double cell_size = LONGER_SIDE / (width > height ? width : height);
    double step_seconds = RATIO * cell_size * cell_size / DIFFUSIVITY;
    double start = MPI_Wtime(), change = INFINITY;
    long steps = 0;
    while (steps < options.steps && change > options.until) {
        step(&tile, grid, column);
        steps++;
        if (steps % LOOK_EVERY == 0 || steps == options.steps)
            change = look(&tile, grid, steps, steps * step_seconds, residual);
    }
    double seconds = MPI_Wtime() - start;

    double *celsius = gather(&tile, grid, rows_columns, width, height);
    if (rank == 0) {
        Tile all = tile_at((int[]){0, 0}, (int[]){1, 1}, width, height);
        fill(&all, &plate, width, height);
        write_picture(&all, celsius, picture);
        if (field != NULL)
            write_field(&all, celsius, field);
        close_output(options.output, picture);
        close_output(options.residual, residual);
        close_output(options.field, field);
        printf("heat: %ld steps in %.2f s, residual %.3g °C a step; wrote %s and %s\n", steps, seconds, change,
               options.output, options.residual);
    }
    MPI_Type_free(&column);
    MPI_Finalize();
    return 0;
}
