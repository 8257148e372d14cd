package io.muster.examples.heat;

/** The four sides on which a tile touches its neighbours. */
enum Side {
    WEST(0, 0, -1),
    EAST(1, 0, 1),
    NORTH(2, -1, 0),
    SOUTH(3, 1, 0);

    /** Where the side's buffers stand in an array of all sides. */
    final int index;

    /** Step to the neighbour's row of tiles. */
    final int down;

    /** Step to the neighbour's column of tiles. */
    final int right;

    Side(int index, int down, int right) {
        this.index = index;
        this.down = down;
        this.right = right;
    }

    Side opposite() {
        return switch (this) {
            case WEST -> EAST;
            case EAST -> WEST;
            case NORTH -> SOUTH;
            case SOUTH -> NORTH;
        };
    }
}
