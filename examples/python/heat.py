#!/usr/bin/env python3
"""Heat on a plate, computed by all ranks together.

Explicit finite differences, second order in space. The plate is cut in two dimensions; every rank advances its tile
while the edges travel to and from its neighbours.
"""

import argparse
import math
import sys

import numpy as np
from mpi4py import MPI

# Aluminium, 24 cm along the longer side, time steps of four fifths of the largest stable one.
DIFFUSIVITY = 9.7e-5  # m²/s
LONGER_SIDE = 0.24  # m
RATIO = 0.2  # time step × diffusivity ÷ cell size²

LOOK_EVERY = 100
CONDUCTS, HELD, INSULATES = 0, 1, 2

INSULATION = (0x1C, 0x21, 0x2B)
COLOURS = np.array([
    (9, 12, 39), (38, 20, 92), (86, 27, 126), (143, 43, 124), (194, 58, 106),
    (234, 88, 72), (253, 134, 38), (255, 184, 52), (251, 230, 121), (255, 253, 209),
])  # fmt: skip


class BadInput(Exception):
    """Arguments or input are wrong; the message says what would be right."""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise BadInput(f"{message}. --help lists the options.")


def whole(least, most):
    def parse(text):
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"takes a whole number from {least} to {most}, not '{text}'")
        return int(text)

    return parse


def change(text):
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"takes a change in °C above 0, such as 1e-4, not '{text}'")
    return value


def parse_options():
    parser = Parser(prog="heat.py", description="Heat on a plate, computed by all ranks together.",
                    allow_abbrev=False, add_help=False)
    add = parser.add_argument
    add("--input", metavar="FILE",
        help="plate as CSV: 20 conducts and starts at 20 °C, =95 is held at 95 °C, x insulates")
    add("--size", type=whole(8, 32768), default=512, metavar="N", help="cells along the longer side (default 512)")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--steps", type=whole(1, 10**12), metavar="N", help="time steps (default 3000)")
    limit.add_argument("--until", type=change, metavar="CHANGE",
                       help="instead of --steps: until no cell changes by more than so many °C in a step")
    add("--output", default="heat.ppm", metavar="FILE",
        help="picture of the result, one pixel a cell (default heat.ppm)")
    add("--residual", default="residual.csv", metavar="FILE",
        help="residual over time as CSV (default residual.csv)")
    add("--field", metavar="FILE", help="also the temperatures, as a CSV that --input reads")
    add("-h", "--help", action="store_true", help="this text")
    options = parser.parse_args()
    if options.help:
        return options, parser.format_help()
    if options.input is None:
        raise BadInput("a plate is missing: give a CSV file with --input.")
    if options.steps is None:
        options.steps = 10**12 if options.until else 3000
    return options, None


def read_plate(name):
    """Temperatures and kinds of all cells, row by row."""
    try:
        with open(name, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeError) as error:
        raise BadInput(f"input {name} cannot be read: {error}.") from error
    celsius, kinds = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [read_cell(value.strip(), f"{name} line {number} value {column}")
                 for column, value in enumerate(line.split(","), 1)]
        if celsius and len(cells) != len(celsius[0]):
            raise BadInput(f"{name} line {number} has {len(cells)} values, the first has {len(celsius[0])}. "
                           "Every line needs the same number.")
        celsius.append([cell[0] for cell in cells])
        kinds.append([cell[1] for cell in cells])
    if not celsius:
        raise BadInput(f"{name} has no values. Write a line for each row of the plate.")
    return np.array(celsius), np.array(kinds, dtype=np.int8)


def read_cell(value, where):
    if value == "x":
        return 0.0, INSULATES
    held = value.startswith("=")
    try:
        celsius = float(value[1:] if held else value)
    except ValueError:
        celsius = math.nan
    if not abs(celsius) <= 10_000:
        raise BadInput(f"{where}: '{value}' is no temperature within ±10000 °C. "
                       "Write 20, =95 (held) or x (insulates).")
    return celsius, HELD if held else CONDUCTS


def resampled(plate, size):
    """The plate with so many cells along its longer side, each of which takes its nearest old one."""
    celsius, kinds = plate
    longer = max(celsius.shape)
    height, width = (max(1, (2 * side * size + longer) // (2 * longer)) for side in celsius.shape)
    rows = (2 * np.arange(height) + 1) * celsius.shape[0] // (2 * height)
    columns = (2 * np.arange(width) + 1) * celsius.shape[1] // (2 * width)
    return celsius[np.ix_(rows, columns)], kinds[np.ix_(rows, columns)]


def tile_of(coordinates, dims, shape):
    """The rows and columns that the rank at these coordinates computes."""
    return tuple(slice(at * cells // parts, (at + 1) * cells // parts)
                 for at, parts, cells in zip(coordinates, dims, shape))


class Tile:
    """The cells of one rank with a frame of one cell around them."""

    def __init__(self, grid, plate):
        self.grid = grid
        mine = tile_of(grid.coords, grid.dims, plate[0].shape)
        framed = tuple(slice(part.start, part.stop + 2) for part in mine)
        # Insulation around the plate: its edge lets no heat through.
        self.now = np.pad(plate[0], 1)[framed].copy()
        self.next = self.now.copy()
        kinds = np.pad(plate[1], 1, constant_values=INSULATES)[framed]
        self.inner = kinds[1:-1, 1:-1] != INSULATES

        # Per cell, 1 for each neighbour that heat comes from; all 0 where the temperature never changes.
        conducts = kinds[1:-1, 1:-1] == CONDUCTS
        inside = kinds != INSULATES
        self.open = [np.zeros(kinds.shape, dtype=bool) for _ in range(4)]
        for ways, (rows, columns) in zip(self.open, [(0, -1), (0, 1), (-1, 0), (1, 0)]):
            ways[1:-1, 1:-1] = conducts & np.roll(inside, (-rows, -columns), (0, 1))[1:-1, 1:-1]
        self.all_open = np.logical_and.reduce(self.open)

        height, width = self.inner.shape
        self.inside = self.part(2, height, 2, width)
        self.rim = [self.part(1, 2, 1, width + 1), self.part(height, height + 1, 1, width + 1),
                    self.part(2, height, 1, 2), self.part(2, height, width, width + 1)]
        self.prepare_exchange(height, width)

    def part(self, top, bottom, left, right):
        """Some rows and columns, and which of their cells lack a neighbour."""
        block = np.zeros(self.now.shape, dtype=bool)
        block[top:bottom, left:right] = True
        return slice(top, bottom), slice(left, right), np.nonzero(block & ~self.all_open)

    def prepare_exchange(self, height, width):
        """The edges, as MPI sees them within the array: (neighbour, what goes there, what comes from there)."""
        north, south = self.grid.Shift(0, 1)
        west, east = self.grid.Shift(1, 1)

        def edge(cells, start):
            return MPI.DOUBLE.Create_subarray(self.now.shape, cells, start).Commit()

        row, column = (1, width), (height, 1)
        self.edges = [
            (north, edge(row, (1, 1)), edge(row, (0, 1))),
            (south, edge(row, (height, 1)), edge(row, (height + 1, 1))),
            (west, edge(column, (1, 1)), edge(column, (1, 0))),
            (east, edge(column, (1, width)), edge(column, (1, width + 1))),
        ]

    def step(self):
        """One time step of all ranks: the inside is computed while the edges travel."""
        requests = [self.grid.Irecv([self.now, 1, comes], neighbour) for neighbour, _, comes in self.edges]
        requests += [self.grid.Isend([self.now, 1, goes], neighbour) for neighbour, goes, _ in self.edges]
        self.advance(*self.inside)
        MPI.Request.Waitall(requests)
        for part in self.rim:
            self.advance(*part)
        self.now, self.next = self.next, self.now

    def advance(self, rows, columns, edges):
        """Sums run in the same order everywhere, so that results do not depend on the number of ranks."""
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        above, below = (slice(rows.start + by, rows.stop + by) for by in (-1, 1))
        before, after = (slice(columns.start + by, columns.stop + by) for by in (-1, 1))
        now = self.now
        t = now[rows, columns]
        flow = (now[rows, before] + now[rows, after]) + (now[above, columns] + now[below, columns]) - 4 * t
        self.next[rows, columns] = t + RATIO * flow

        y, x = edges
        t = now[y, x]
        west, east, north, south = (
            ways[edges] * (now[there] - t)
            for ways, there in zip(self.open, [(y, x - 1), (y, x + 1), (y - 1, x), (y + 1, x)]))
        self.next[edges] = t + RATIO * ((west + east) + (north + south))

    def look(self):
        """The largest change in the last step, coldest, mean and warmest of the whole plate."""
        t = self.now[1:-1, 1:-1][self.inner]
        before = self.next[1:-1, 1:-1][self.inner]
        most = np.array([np.max(np.abs(t - before), initial=0),
                         np.max(t, initial=-np.inf), np.max(-t, initial=-np.inf)])
        sums = np.array([t.sum(), t.size])
        self.grid.Allreduce(MPI.IN_PLACE, most, MPI.MAX)
        self.grid.Allreduce(MPI.IN_PLACE, sums, MPI.SUM)
        return most[0], -most[2], sums[0] / max(1, sums[1]), most[1]

    def gather(self, shape):
        """The temperatures of the whole plate on rank 0."""
        tiles = self.grid.gather((tile_of(self.grid.coords, self.grid.dims, shape), self.now[1:-1, 1:-1]))
        if tiles is None:
            return None
        whole = np.empty(shape)
        for place, cells in tiles:
            whole[place] = cells
        return whole


def write_picture(file, plate, celsius):
    """Colours span the temperatures of the start, since heat never leaves that range."""
    start, kinds = plate
    inside = kinds != INSULATES
    low, high = np.min(start[inside], initial=np.inf), np.max(start[inside], initial=-np.inf)
    at = np.clip((celsius[inside] - low) / (high - low if high > low else 1), 0, 1) * 9
    below = np.minimum(at.astype(int), 8)
    colours = COLOURS[below] + (at - below)[:, None] * (COLOURS[below + 1] - COLOURS[below]) + 0.5
    pixels = np.full((*kinds.shape, 3), INSULATION, dtype=np.uint8)
    pixels[inside] = colours.astype(np.uint8)
    file.write(b"P6\n%d %d\n255\n" % (kinds.shape[1], kinds.shape[0]))
    file.write(pixels.tobytes())


def write_field(file, plate, celsius):
    marks = {CONDUCTS: "{!r}", HELD: "={!r}", INSULATES: "x"}
    for row, kinds in zip(celsius.tolist(), plate[1].tolist()):
        file.write(",".join(marks[kind].format(t) for t, kind in zip(row, kinds)).encode() + b"\n")


def prepare(options):
    """What rank 0 alone does before the others compute: reads the plate and opens the outputs."""
    plate = read_plate(options.input)
    try:
        return plate, [open(name, "wb") for name in (options.output, options.residual, options.field) if name]
    except OSError as error:
        raise BadInput(f"output cannot be written: {error}. Its folder must exist and be writable.") from error


def simulate(options, grid, plate, residual):
    tile = Tile(grid, plate)
    cell_size = LONGER_SIDE / max(plate[0].shape)
    step_seconds = RATIO * cell_size * cell_size / DIFFUSIVITY
    if residual:
        residual.write(b"step,time_s,residual_celsius,coldest,mean,warmest\n")
    steps, largest = 0, math.inf
    while steps < options.steps and not (options.until and largest <= options.until):
        tile.step()
        steps += 1
        if steps % LOOK_EVERY == 0 or steps == options.steps:
            largest, coldest, mean, warmest = tile.look()
            if residual:
                residual.write(f"{steps},{steps * step_seconds:#.6g},{largest:.9e},"
                               f"{coldest:.4f},{mean:.6f},{warmest:.4f}\n".encode())
    return steps, largest, tile.gather(plate[0].shape)


def run(world):
    options, usage = parse_options()
    if usage:
        if world.rank == 0:
            print(usage, end="")
        return
    # Rank 0 reads the plate, since the others may run where the file is not, and tells them when it cannot.
    plate, files, problem = None, [], None
    if world.rank == 0:
        try:
            plate, files = prepare(options)
        except BadInput as error:
            problem = error
    plate = world.bcast(plate)
    if plate is None:
        raise problem or BadInput("rank 0 says why")
    plate = resampled(plate, options.size)
    dims = MPI.Compute_dims(world.size, 2)
    if any(parts > cells for parts, cells in zip(dims, plate[0].shape)):
        raise BadInput(f"a plate of this --size cannot be cut for {world.size} ranks; take fewer or a larger --size.")
    grid = world.Create_cart(dims)
    if world.rank == 0:
        print(f"heat: {world.size} ranks ({dims[1]} × {dims[0]}), {plate[0].shape[1]} × {plate[0].shape[0]} cells",
              flush=True)
    began = MPI.Wtime()
    steps, largest, celsius = simulate(options, grid, plate, files[1] if files else None)
    seconds = MPI.Wtime() - began
    if world.rank == 0:
        write_picture(files[0], plate, celsius)
        if options.field:
            write_field(files[2], plate, celsius)
        for file in files:
            file.close()
        print(f"heat: {steps} steps in {seconds:.2f} s, residual {largest:.3g} °C a step; "
              f"wrote {options.output} and {options.residual}")


def main():
    world = MPI.COMM_WORLD
    try:
        run(world)
    except BadInput as error:
        if world.rank == 0:
            print(f"heat: {error}", file=sys.stderr, flush=True)
        MPI.Finalize()
        sys.exit(2)
    except OSError as error:
        print(f"heat: the result cannot be written: {error}. Free some space or name another file.",
              file=sys.stderr, flush=True)
        world.Abort(1)


if __name__ == "__main__":
    main()
