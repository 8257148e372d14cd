package io.muster.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database file: opening it fast, and bringing it to this version's tables when they differ. */
final class DatabaseFile {
    /** Number of the newest migration; kept in the file's header, where it is read without Flyway. */
    static final int VERSION = 1;

    private static final int BUSY_TIMEOUT_MS = 20_000;
    private static final ReentrantLock ONE_MIGRATION = new ReentrantLock();

    private final Path folder;
    private final Path file;

    private DatabaseFile(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** The database of this folder; both are made when they are not there. */
    static DatabaseFile in(Path folder) {
        Path file = folder.resolve("state.db");
        try {
            PrivateFiles.makeFolder(folder);
            PrivateFiles.makeFile(file);
        } catch (IOException e) {
            throw new StateException(
                    "cannot write in the state folder " + folder + ": " + e
                            + ". Make it a folder of yours with free space, or name another one with MUSTER_HOME.",
                    e);
        }
        return new DatabaseFile(folder, file);
    }

    /** A connection to a database whose tables are those of this version. The caller closes it. */
    Connection connect() {
        Path unpacked = Path.of(System.getProperty("muster.dist", ""), "lib", "native");
        if (Files.isRegularFile(unpacked.resolve("libsqlitejdbc.so"))) {
            System.setProperty("org.sqlite.lib.path", unpacked.toString());
        }
        // Else the driver unpacks its native library; in the state folder nobody else can replace it.
        if (System.getProperty("org.sqlite.tmpdir") == null) {
            System.setProperty("org.sqlite.tmpdir", folder.toAbsolutePath().toString());
        }
        try {
            Connection connection = openConnection();
            try {
                int found = versionOf(connection);
                if (found < VERSION) {
                    migrate();
                } else if (found > VERSION) {
                    throw new StateException(
                            "the state " + file + " was written by a newer Muster (tables of version " + found
                                    + ", this one knows " + VERSION + "). Use that Muster, or another MUSTER_HOME.",
                            null);
                }
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    private Connection openConnection() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config.createConnection(url());
    }

    private String url() {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static int versionOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** One process at a time, and only those that find old tables. */
    private void migrate() throws SQLException {
        Path lockFile = folder.resolve("migration.lock");
        ONE_MIGRATION.lock();
        try {
            PrivateFiles.makeFile(lockFile);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock();
                    Connection connection = openConnection()) {
                if (lock.isValid() && versionOf(connection) < VERSION) {
                    Flyway.configure(DatabaseFile.class.getClassLoader())
                            .dataSource(url(), null, null)
                            .locations("classpath:io/muster/state/migration")
                            .load()
                            .migrate();
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("PRAGMA user_version = " + VERSION);
                    }
                }
            }
        } catch (IOException | FlywayException e) {
            throw new StateException(
                    "cannot bring the state " + file + " to version " + VERSION + ": " + e.getMessage()
                            + ". Free some disk space and try again; the file is as it was before.",
                    e);
        } finally {
            ONE_MIGRATION.unlock();
        }
    }

    /** What a failure of the access layer means to a user. */
    StateException explain(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return explain(sql);
            }
        }
        return new StateException("the state " + file + " cannot be used: " + e.getMessage(), e);
    }

    private StateException explain(SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        int primary = code.code & 0xff;
        String next;
        if (primary == SQLiteErrorCode.SQLITE_NOTADB.code || primary == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            next = "is damaged or no database of Muster. Move it and its -wal and -shm files away and run the command"
                    + " again; what providers still have is found by its tags";
        } else if (primary == SQLiteErrorCode.SQLITE_BUSY.code) {
            next = "is in use by another process for more than " + BUSY_TIMEOUT_MS / 1000
                    + " s. Wait for it or end it, then try again";
        } else {
            next = "cannot be used. Check that it is yours, on a local disk, and that the disk is not full";
        }
        return new StateException("the state " + file + " " + next + ". SQLite says: " + e.getMessage(), e);
    }
}
