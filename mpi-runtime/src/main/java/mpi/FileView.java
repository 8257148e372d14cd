package mpi;

/** What a rank sees of a file (MPI 4.1, section 14.3), as {@link File#getView} returns it. Immutable. */
public final class FileView {
    private final long disp;
    private final Datatype etype;
    private final Datatype filetype;
    private final String datarep;

    /**
     * @param disp where the view begins in the file, in bytes
     * @param etype what offsets count
     * @param filetype which etypes of the file are seen, again and again
     * @param datarep {@code native}, {@code internal} or {@code external32}
     */
    public FileView(long disp, Datatype etype, Datatype filetype, String datarep) {
        this.disp = disp;
        this.etype = etype;
        this.filetype = filetype;
        this.datarep = datarep;
    }

    /** Where the view begins in the file, in bytes. */
    public long getDisp() {
        return disp;
    }

    public Datatype getEType() {
        return etype;
    }

    public Datatype getFileType() {
        return filetype;
    }

    /** The name of the data representation. */
    public String getDataRep() {
        return datarep;
    }
}
