package io.muster.wire;

import java.io.IOException;

/** How values of one type are written and read. */
interface Shape {
    void write(ShapeWriter out, Object value);

    Object read(ShapeReader in) throws IOException;
}
