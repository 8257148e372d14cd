package io.muster.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user says about the heap of a rank's JVM, as far as the ahead-of-time cache is concerned: objects that it
 * brings must have room in the first heap, else the JVM does not start at all.
 */
final class HeapOptions {
    /** A few times what the cache brings. */
    static final String ROOM = "-Xms16m";

    private static final long ROOM_BYTES = 16L << 20;
    private static final long SMALL_BYTES = 64 * ROOM_BYTES;
    private static final Pattern SIZE = Pattern.compile("-X(mx|ms)(\\d{1,15})([kKmMgGtT]?)");
    private static final Pattern OTHER = Pattern.compile("-Xmn.*|-XX:[+-]?\\w*(Heap|RAM|NewSize|OldSize|NewRatio).*");

    private HeapOptions() {}

    /** Whether nothing of these makes the first heap too small. */
    static boolean leaveRoomForCache(List<String> options) {
        return options.stream().allMatch(HeapOptions::leavesRoom);
    }

    /** Whether the user has said how large the first heap is, or the largest. */
    static boolean sayHowLarge(List<String> options) {
        return options.stream().anyMatch(option -> SIZE.matcher(option).matches());
    }

    /** Whether the JVM's own choice, a part in 64 of the memory, may be too small on this machine. */
    static boolean defaultIsSmall() {
        return bound("/sys/fs/cgroup/memory.max", "\\d{1,18}", 0) < SMALL_BYTES
                || bound("/proc/meminfo", "(?<=MemTotal:) *\\d{1,15}", 10) < SMALL_BYTES;
    }

    private static long bound(String file, String number, int shift) {
        try {
            Matcher found = Pattern.compile(number).matcher(Files.readString(Path.of(file)));
            return found.find() ? Long.parseLong(found.group().strip()) << shift : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean leavesRoom(String option) {
        Matcher size = SIZE.matcher(option);
        return size.matches()
                ? bytes(size.group(2), size.group(3)) >= ROOM_BYTES
                : !OTHER.matcher(option).matches();
    }

    private static long bytes(String number, String unit) {
        int shift = unit.isEmpty() ? 0 : 10 * (1 + "kmgt".indexOf(unit.toLowerCase(Locale.ROOT)));
        long value = Long.parseLong(number);
        return value > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : value << shift;
    }
}
