package io.muster.mpi.collective;

import io.muster.mpi.transport.Meeting;

/** All bring what they have for all to a meeting in shared memory, and each takes its parts. For few bytes. */
final class MeetingAlltoall {
    private MeetingAlltoall() {}

    /** The rank's part for itself has been copied already. */
    static void run(Team team, Meeting meeting, Object out, Blocks.Even outParts, Object in, Blocks.Even inParts) {
        int size = team.size();
        long bytes = inParts.bytesEach();
        meeting.bring(out, outParts.offset(0), size * outParts.bytesEach());
        team.meet(meeting);
        for (int rank = 0; rank < size; rank++) {
            team.checkBytes(meeting.bytesOf(rank), size * bytes);
            if (rank != team.rank()) {
                meeting.take(rank, team.rank() * bytes, in, inParts.offset(rank), bytes);
            }
        }
    }
}
