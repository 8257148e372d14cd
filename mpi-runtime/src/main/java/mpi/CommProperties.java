package mpi;

import io.muster.launch.ParentPort;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/** What a communicator carries besides its ranks: name, attributes, hints, error handler (MPI 4.1, 7.7, 7.8, 9.3). */
abstract class CommProperties extends NeighbourCollectives {
    private final Attributes attributes = new Attributes();
    private Info info = new Info();

    CommProperties(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** Gives a copy of this communicator what goes along; {@code hints} in place of its own unless null. */
    final void copyPropertiesTo(CommProperties copy, @Nullable Info hints) {
        copy.attributes.copy(attributes);
        copy.errors.takeOver(errors);
        copy.info = hints == null || hints.isNull() ? info.dup() : hints.dup();
    }

    /** A communicator that is made of this one fails as this one does. */
    final <T extends CommProperties> T inheriting(T made) {
        made.errors.takeOver(errors);
        return made;
    }

    /** Attaches a value to this communicator under a key that {@link Comm#createKeyval} made; copies carry it too. */
    public void setAttr(int keyval, Object value) {
        core();
        attributes.set(label() + ".setAttr", keyval, value);
    }

    /**
     * The value under a key, or null when there is none. Predefined keys: TAG_UB, HOST, IO, WTIME_IS_GLOBAL, APPNUM,
     * UNIVERSE_SIZE, LASTUSEDCODE (section 9.1.2).
     */
    public @Nullable Object getAttr(int keyval) {
        Communicator core = core();
        return switch (keyval) {
            case MPI.TAG_UB -> Integer.MAX_VALUE;
            case MPI.HOST -> MPI.PROC_NULL;
            case MPI.IO -> MPI.ANY_SOURCE;
            case MPI.WTIME_IS_GLOBAL -> 0;
            case MPI.APPNUM -> ParentPort.part(System.getenv());
            case MPI.UNIVERSE_SIZE -> core.engine().size();
            case MPI.LASTUSEDCODE -> MPI.ERR_LASTCODE;
            default -> attributes.get(label() + ".getAttr", keyval);
        };
    }

    public @Nullable Object Attr_get(int keyval) {
        return getAttr(keyval);
    }

    /** Takes the value under a key away. */
    public void deleteAttr(int keyval) {
        core();
        attributes.delete(label() + ".deleteAttr", keyval);
    }

    public void Attr_delete(int keyval) {
        deleteAttr(keyval);
    }

    /** Remembers hints; none of them changes what the runtime does. */
    public void setInfo(Info hints) {
        core();
        info = hints.dup();
    }

    /** A copy of the hints that were given. */
    public Info getInfo() {
        core();
        return info.dup();
    }

    public String getName() {
        return label();
    }

    /** Names the communicator; errors tell the name. */
    public void setName(String name) {
        label(name);
    }

    /**
     * Chooses what happens when a call on this communicator fails (section 9.3): with ERRORS_RETURN it throws, with the
     * others the job ends. Until this is called it throws, too. Communicators made of this one take the handler over.
     */
    public void setErrhandler(Errhandler handler) {
        errors.choose(handler);
    }

    public Errhandler getErrhandler() {
        return errors.handler();
    }

    /** Does what an error of this class does. */
    public void callErrhandler(int errorcode) {
        throw errors.of(new MPIException(errorcode, "callErrhandler(" + errorcode + ") on " + label()));
    }

    /** Ends the whole job with this exit code; does not return. */
    public void Abort(int errorcode) {
        abort(errorcode);
    }

    /** Ends the whole job with this exit code; does not return. */
    public void abort(int errorcode) {
        MPI.abort(label(), errorcode);
    }

    /** Bytes that {@code count} elements take when they are packed (section 5.2). */
    public int packSize(int count, Datatype type) {
        return Packing.size(this, count, type);
    }

    public int Pack_size(int incount, Datatype datatype) {
        return packSize(incount, datatype);
    }

    /** Packs elements into {@code outbuf} from byte {@code position} on; returns the position behind them. */
    public int pack(Object inbuf, int incount, Datatype type, byte[] outbuf, int position) {
        return Packing.pack(this, "pack", inbuf, 0, incount, type, outbuf, position);
    }

    /** As {@link #pack}, from element {@code offset} of the buffer on. */
    public int Pack(Object inbuf, int offset, int incount, Datatype datatype, byte[] outbuf, int position) {
        return Packing.pack(this, "Pack", inbuf, offset, incount, datatype, outbuf, position);
    }

    /**
     * As {@link #pack}, into the static region of a buffer, whose size becomes the position behind the elements. Send
     * and receive it with {@code MPI.PACKED}.
     */
    public int Pack(Object inbuf, int offset, int incount, Datatype datatype, mpjbuf.Buffer outbuf, int position) {
        return Packing.pack(this, inbuf, offset, incount, datatype, outbuf, position);
    }

    /** Unpacks elements from byte {@code position} of {@code inbuf} on; returns the position behind them. */
    public int unpack(byte[] inbuf, int position, Object outbuf, int outcount, Datatype type) {
        return Packing.unpack(this, "unpack", inbuf, position, outbuf, 0, outcount, type);
    }

    /** As {@link #unpack}, to element {@code offset} of the buffer on. */
    public int Unpack(byte[] inbuf, int position, Object outbuf, int offset, int outcount, Datatype datatype) {
        return Packing.unpack(this, "Unpack", inbuf, position, outbuf, offset, outcount, datatype);
    }

    /** As {@link #unpack}, from the static region of a buffer to element {@code offset} of the other. */
    public int Unpack(mpjbuf.Buffer inbuf, int position, Object outbuf, int offset, int outcount, Datatype datatype) {
        return Packing.unpack(this, inbuf, position, outbuf, offset, outcount, datatype);
    }

    /** The failure of a call that needs a topology. */
    final RuntimeException noTopology(String call) {
        return raise(call, "", new Failure(ErrorClass.TOPOLOGY, "the communicator has no such topology"));
    }
}
