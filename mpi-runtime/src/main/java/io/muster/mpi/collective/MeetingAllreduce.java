package io.muster.mpi.collective;

import io.muster.mpi.transport.Meeting;

/** All bring their operand to a meeting in shared memory, and each folds all of them in rank order. For few bytes. */
final class MeetingAllreduce {
    private MeetingAllreduce() {}

    static void run(Team team, Meeting meeting, Folding folding, Object inOut, int at, int count) {
        long bytes = (long) count * folding.elementBytes();
        long offset = (long) at * folding.elementBytes();
        meeting.bring(inOut, offset, bytes);
        team.meet(meeting);
        int last = team.size() - 1;
        for (int rank = 0; rank <= last; rank++) {
            team.checkBytes(meeting.bytesOf(rank), bytes);
        }
        meeting.take(last, 0, inOut, offset, bytes);
        Object operand = team.scratch(folding, count);
        for (int rank = last - 1; rank >= 0; rank--) {
            meeting.take(rank, 0, operand, 0, bytes);
            folding.reduction().apply(operand, 0, inOut, at, count);
        }
    }
}
