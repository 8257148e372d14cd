package mpi;

import io.muster.mpi.collective.Collectives;

/** What the leader of a group has received goes to the others of the group. */
record IntraBroadcast(Collectives local, boolean leads) {
    void run(Part part) {
        if (!part.type().isObject()) {
            Area area = part.area();
            local.broadcast(area.base(), area.offset(), area.bytes(), 0);
            return;
        }
        byte[] bytes = leads ? part.objectBytes() : new byte[0];
        int[] length = {bytes.length};
        local.broadcast(length, 0, Integer.BYTES, 0);
        bytes = leads ? bytes : new byte[length[0]];
        local.broadcast(bytes, 0, bytes.length, 0);
        if (!leads) {
            part.takeObjects(bytes, 0, bytes.length);
        }
    }
}
