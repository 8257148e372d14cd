package io.muster.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files in the work folder of a job, and nothing beside it. */
final class JobFiles {
    private static final int CHUNK_BYTES = 256 << 10;
    /** Most files that match. */
    static final int MAX_FILES = 100_000;

    /** Fits into a frame also when all paths are as long as a path can be. */
    private static final int FILES_A_REPLY = 1000;

    private final JobFolder job;

    JobFiles(JobFolder job) {
        this.job = job;
    }

    /** Where a file goes. */
    Path target(String relativePath) throws IOException {
        try {
            Path relative = Path.of(relativePath);
            Path target = job.work().resolve(relative).normalize();
            if (relativePath.isBlank()
                    || relative.isAbsolute()
                    || !target.startsWith(job.work())
                    || target.equals(job.work())) {
                throw outside(relativePath);
            }
            return target;
        } catch (InvalidPathException e) {
            throw outside(relativePath);
        }
    }

    /** Makes the folders above a file that will be put there. */
    void createParent(Path target) throws IOException {
        job.createWork();
        Path parent = target.getParent();
        if (parent == null) {
            throw outside(target.toString());
        }
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(job.work().toRealPath())) {
            throw outside(target.toString());
        }
    }

    private AgentException outside(String path) {
        return new AgentException(
                AgentException.Kind.WRONG_INPUT,
                "'" + path + "' does not lie in the work folder of job " + job.jobId());
    }

    /** Sends what matches, a part at a time, and says meanwhile that the agent lives: content is read for it. */
    void find(List<String> globs, AgentService.Replies replies) throws IOException {
        if (!Files.isDirectory(job.work())) {
            throw new AgentException(AgentException.Kind.NOT_FOUND, "job " + job.jobId() + " has no files here");
        }
        List<PathMatcher> matchers = new ArrayList<>();
        for (String glob : globs) {
            try {
                matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
            } catch (PatternSyntaxException e) {
                throw new AgentException(
                        AgentException.Kind.WRONG_INPUT, "'" + glob + "' is no glob: " + e.getDescription());
            }
        }
        Listing listing = new Listing(replies, globs);
        try (Stream<Path> files = Files.walk(job.work())) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                Path relative = job.work().relativize(file);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
                    listing.add(new FoundFile(
                            relative.toString(),
                            Files.size(file),
                            Sha256.of(file, listing::breathe),
                            Files.isExecutable(file)));
                }
                listing.breathe();
            }
        }
        listing.end();
    }

    /** The answer as it goes out. */
    private static final class Listing {
        private final AgentService.Replies replies;
        private final List<String> globs;
        private final List<FoundFile> waiting = new ArrayList<>();
        private int count;
        private long saidNanos = System.nanoTime();

        Listing(AgentService.Replies replies, List<String> globs) {
            this.replies = replies;
            this.globs = globs;
        }

        void breathe() throws IOException {
            saidNanos = replies.breathe(saidNanos);
        }

        void add(FoundFile file) throws IOException {
            waiting.add(file);
            count++;
            if (count > MAX_FILES) {
                throw new AgentException(
                        AgentException.Kind.WRONG_INPUT,
                        "more than " + MAX_FILES + " files match " + globs + "; narrow it, or pack them");
            }
            if (waiting.size() == FILES_A_REPLY) {
                send();
            }
        }

        private void send() throws IOException {
            replies.send(new AgentReply.Files(List.copyOf(waiting)));
            waiting.clear();
        }

        void end() throws IOException {
            send();
            replies.send(new AgentReply.Done());
        }
    }

    /** Sends a file. */
    void fetch(String relativePath, AgentService.Replies replies) throws IOException {
        Path file = target(relativePath);
        if (!Files.isRegularFile(file)) {
            throw new AgentException(
                    AgentException.Kind.NOT_FOUND, "job " + job.jobId() + " has no file " + relativePath + " here");
        }
        if (!file.toRealPath().startsWith(job.work().toRealPath())) {
            throw outside(relativePath);
        }
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                replies.send(new AgentReply.Content(Arrays.copyOf(buffer, read)));
            }
        }
        replies.send(new AgentReply.Checksum(Sha256.hex(digest)));
    }

    /** A failure to write, as the client should see it. */
    static AgentException writingFailed(String what, IOException e) {
        String why = e instanceof FileSystemException system && system.getReason() != null
                ? String.valueOf(system.getReason())
                : String.valueOf(e.getMessage());
        boolean full = why.toLowerCase(Locale.ROOT).matches(".*(no space left|quota exceeded).*");
        String next = full ? ". Free some space on that node, or ask for a larger disk." : ".";
        return new AgentException(
                full ? AgentException.Kind.DISK_FULL : AgentException.Kind.FAILED,
                "cannot write " + what + ": " + why + next);
    }
}
