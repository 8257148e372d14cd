package io.muster.mpi.collective;

import io.muster.mpi.transport.Meeting;

/** All bring their part to a meeting in shared memory, and each takes those of the others. For few bytes. */
final class MeetingAllgather {
    private MeetingAllgather() {}

    /** The rank's own part is in place already. */
    static void run(Team team, Meeting meeting, Object base, Blocks.Even parts) {
        meeting.bring(base, parts.offset(team.rank()), parts.bytesEach());
        team.meet(meeting);
        for (int rank = 0; rank < team.size(); rank++) {
            team.checkBytes(meeting.bytesOf(rank), parts.bytesEach());
            if (rank != team.rank()) {
                meeting.take(rank, 0, base, parts.offset(rank), parts.bytesEach());
            }
        }
    }
}
