package mpi;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.dynamic.LeaderLine;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.ProcessId;
import io.muster.mpi.engine.TaskOperation;
import io.muster.mpi.transport.TcpTransport;
import io.muster.wireup.RankAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a communicator between two groups that have nothing in common but a line between their roots (MPI 4.1, section
 * 11.9). All ranks of a group call it. One object serves one call.
 *
 * <p>The roots tell each other who is in their groups, each group tells its root where it listens, every rank of the
 * connecting group opens a connection to every process of the other one that is not of its own job, and both groups
 * agree that all succeeded before anybody uses them.
 */
final class Connecting {
    private static final int HOST_BYTES = 64;
    private static final int ADDRESS_BYTES = HOST_BYTES + 2 * Integer.BYTES;
    private static final String PURPOSE = "connected";

    private final Communicator local;
    private final Engine engine;
    private final int root;
    private final boolean leads;
    private final Side side;
    private final AtomicReference<@Nullable LeaderLine> line = new AtomicReference<>();

    /** Which of the two groups. */
    enum Side {
        ACCEPTS,
        CONNECTS
    }

    /** Opens the line to the other root; blocks. */
    @FunctionalInterface
    interface Opener {
        LeaderLine open() throws IOException;
    }

    Connecting(Communicator local, int root, Side side) {
        this.local = local;
        this.engine = local.engine();
        this.root = root;
        this.leads = local.rank() == root;
        this.side = side;
    }

    /** The communicator to the other group; {@code opener} is called at the root. */
    Communicator meet(Opener opener) {
        try {
            byte[] key = fromRoot(() -> {
                LeaderLine opened = opened(opener);
                line.set(opened);
                return opened.key();
            });
            int[] mine = local.worldRanks();
            List<ProcessId> theirs = ProcessIds.decode(ints(swapped(bytes(ProcessIds.encode(engine, mine)))));
            int[] numbers = connect(key, theirs);
            if (ProcessIds.haveCommon(mine, numbers)) {
                throw new Failure(ErrorClass.COMM, "the two groups have a rank in common");
            }
            UnaryOperator<int[]> swap = value -> ints(swapAtRoot(bytes(value)));
            int id = new IdAgreement(engine, local::collective, local.rank(), root).agree(side == Side.ACCEPTS, swap);
            return new Communicator(engine, local.topology(), id, mine, numbers);
        } finally {
            LeaderLine opened = line.get();
            if (opened != null) {
                opened.close();
            }
        }
    }

    /** Waits in a thread of its own, so that this rank hears of losses meanwhile. */
    private LeaderLine opened(Opener opener) throws IOException {
        AtomicReference<@Nullable LeaderLine> opened = new AtomicReference<>();
        TaskOperation task = engine.startTask(() -> {
            try {
                opened.set(opener.open());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        });
        engine.waitFor(task);
        try {
            task.check();
        } catch (UncheckedIOException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
        LeaderLine result = opened.get();
        if (result == null) {
            throw new IOException("no line to the other group");
        }
        return result;
    }

    /** Ways to all of them; returns the numbers that they have here. */
    private int[] connect(byte[] key, List<ProcessId> theirs) {
        List<ProcessId> foreign =
                theirs.stream().filter(id -> !engine.foreign().isOfThisJob(id)).toList();
        int first = engine.foreign().reserve(foreign.size());
        int[] numbers = new int[theirs.size()];
        int next = first;
        for (int i = 0; i < numbers.length; i++) {
            ProcessId id = theirs.get(i);
            numbers[i] = engine.foreign().isOfThisJob(id) ? id.rank() : next++;
        }
        // In the numbers of both groups together the accepting one comes first: lower ones are connected to.
        int ownBase = side == Side.ACCEPTS ? 0 : numbers.length;
        int theirBase = side == Side.ACCEPTS ? local.size() : 0;
        @Nullable TcpTransport transport = null;
        String problem = "";
        try {
            if (!foreign.isEmpty()) {
                transport =
                        engine.foreign().listen(ownBase + local.rank(), local.size() + numbers.length, PURPOSE, key);
            }
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        List<RankAddress> addresses = addresses(transport, theirBase);
        try {
            if (transport != null && problem.isEmpty()) {
                List<RankAddress> wanted = addresses.stream()
                        .filter(peer -> numbers[peer.rank() - theirBase] >= first)
                        .toList();
                transport.connect(wanted, rank -> numbers[rank - theirBase]);
                transport.closeDoor();
            }
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        agree(problem, transport);
        if (transport != null) {
            engine.foreign().add(first, foreign, transport);
        }
        return numbers;
    }

    /** Where the processes of the other group listen. */
    private List<RankAddress> addresses(@Nullable TcpTransport transport, int theirBase) {
        byte[] all = new byte[local.size() * ADDRESS_BYTES];
        ByteBuffer own = ByteBuffer.wrap(all, local.rank() * ADDRESS_BYTES, ADDRESS_BYTES);
        byte[] host = engine.foreign().address().getBytes(StandardCharsets.US_ASCII);
        own.putInt(port(transport)).putInt(host.length).put(host);
        local.collective().allgather(all, new Blocks.Even(0, ADDRESS_BYTES));
        ByteBuffer theirs = ByteBuffer.wrap(swapped(all));
        List<RankAddress> addresses = new ArrayList<>();
        for (int i = 0; (i + 1) * ADDRESS_BYTES <= theirs.capacity(); i++) {
            theirs.position(i * ADDRESS_BYTES);
            int port = theirs.getInt();
            byte[] name = new byte[Math.clamp(theirs.getInt(), 0, HOST_BYTES)];
            theirs.get(name);
            addresses.add(new RankAddress(theirBase + i, i, new String(name, StandardCharsets.US_ASCII), port, 0));
        }
        return addresses;
    }

    private static int port(@Nullable TcpTransport transport) {
        try {
            return transport == null ? 0 : transport.port();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Both groups go on when nobody has a problem; else everybody learns that there is one. */
    private void agree(String problem, @Nullable TcpTransport transport) {
        byte[] well = new byte[local.size()];
        well[local.rank()] = (byte) (problem.isEmpty() ? 1 : 0);
        local.collective().allgather(well, new Blocks.Even(0, 1));
        boolean all = allOne(swapped(well)) && allOne(well);
        if (!all) {
            if (transport != null) {
                transport.close();
            }
            throw new Failure(
                    ErrorClass.PORT,
                    problem.isEmpty()
                            ? "another process could not be connected; it says why"
                            : "a process of the other group cannot be reached: " + problem);
        }
    }

    private static boolean allOne(byte[] flags) {
        for (byte flag : flags) {
            if (flag != 1) {
                return false;
            }
        }
        return true;
    }

    private byte[] swapped(byte[] mine) {
        return fromRoot(() -> swapAtRoot(mine));
    }

    private byte[] swapAtRoot(byte[] mine) {
        LeaderLine open = line.get();
        if (open == null) {
            throw new Failure(ErrorClass.INTERN, "only the root speaks to the other group");
        }
        try {
            return open.swap(mine);
        } catch (IOException e) {
            throw new Failure(ErrorClass.PORT, "the other group is gone: " + e.getMessage());
        }
    }

    /** What the root computes. */
    @FunctionalInterface
    private interface AtRoot {
        byte[] get() throws IOException;
    }

    /** All ranks get what the root has, or fail as it did. */
    private byte[] fromRoot(AtRoot value) {
        byte[] message = {};
        int[] head = {0, 0};
        if (leads) {
            try {
                message = value.get();
            } catch (IOException e) {
                head[1] = ErrorClass.PORT.code();
                message = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            } catch (Failure e) {
                head[1] = e.errorClass().code();
                message = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            }
            head[0] = message.length;
        }
        local.collective().broadcast(head, 0, 2 * Integer.BYTES, root);
        byte[] all = leads ? message : new byte[head[0]];
        local.collective().broadcast(all, 0, all.length, root);
        if (head[1] != 0) {
            throw new Failure(classOf(head[1]), new String(all, StandardCharsets.UTF_8));
        }
        return all;
    }

    private static ErrorClass classOf(int code) {
        return Arrays.stream(ErrorClass.values())
                .filter(each -> each.code() == code)
                .findFirst()
                .orElse(ErrorClass.OTHER);
    }

    private static byte[] bytes(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static int[] ints(byte[] bytes) {
        int[] values = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(values);
        return values;
    }
}
