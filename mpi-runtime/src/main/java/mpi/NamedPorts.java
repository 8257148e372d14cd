package mpi;

import io.muster.mpi.dynamic.Ports;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.io.IOException;

/** Ports of this process, and what two groups need to meet at one. */
final class NamedPorts {
    private NamedPorts() {}

    static String open() {
        String address = MPI.COMM_SELF.core().engine().foreign().address();
        try {
            return Ports.open(address);
        } catch (IOException e) {
            throw new MPIException(ErrorClass.PORT, "openPort: cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    static void close(String name) {
        try {
            Ports.close(name);
        } catch (IOException | Failure e) {
            throw new MPIException(ErrorClass.PORT, "closePort: " + e.getMessage(), e);
        }
    }

    static Intercomm meet(Intracomm comm, String call, String port, int root, Connecting.Side side) {
        Communicator core = comm.core();
        try {
            CommBase.checkRoot(core, root);
            Connecting.Opener opener = () -> side == Connecting.Side.ACCEPTS ? Ports.accept(port) : Ports.connect(port);
            Communicator both = new Connecting(core, root, side).meet(opener);
            return comm.inheriting(new Intercomm(both, comm.label() + "." + call));
        } catch (Failure e) {
            // The name is a key: it stands in no message.
            throw comm.raise(call, "root=" + root, e);
        }
    }
}
