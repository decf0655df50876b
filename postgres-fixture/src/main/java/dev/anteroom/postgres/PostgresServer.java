package dev.anteroom.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on a loopback port of its own, with a folder of its own. Confined to one thread at a time; every
 * method blocks.
 *
 * <p>PostgreSQL refuses to run as root. Where the tests do, it runs as the user {@code nobody}, started by
 * {@code setpriv} of util-linux; its folder lies below the temporary directory and can
 * be entered by that user.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "anteroom";
    private static final String PASSWORD = "local-test-password";
    private static final String DATABASE = "postgres";
    private static final long WAIT_SECONDS = 60;

    private final Path folder;
    private final Path log;
    private final int port;
    private final List<String> as;
    private final Thread atExit = new Thread(this::destroy, "postgres-at-exit");
    private boolean secured;
    private @Nullable Process process;

    private PostgresServer(Path folder, List<String> as, int port) {
        this.folder = folder;
        this.log = folder.resolve("server.log");
        this.as = as;
        this.port = port;
    }

    /** Makes a new database cluster and starts it. */
    public static PostgresServer start() throws IOException {
        Path folder = Files.createTempDirectory("anteroom-postgres-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Binaries.unpack(folder.resolve("programs"));
        PostgresServer server = new PostgresServer(folder, otherUser(), freePort());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.init();
        server.restart();
        return server;
    }

    /** {@code postgresql://127.0.0.1:PORT/DATABASE}, without user and password. */
    public String url() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The owner of the cluster. */
    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** Restarts the server so that it takes connections over TLS alone, with this certificate and key (PEM). */
    public void secure(Path certificate, Path key) throws IOException {
        kill();
        for (Path from : List.of(certificate, key)) {
            Path to = files().resolve(from.equals(key) ? "server.key" : "server.crt");
            Files.write(to, Files.readAllBytes(from));
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
            own(to);
        }
        Path rules = files().resolve("pg_hba.conf");
        Files.writeString(rules, "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        secured = true;
        restart();
    }

    private void own(Path file) throws IOException {
        if (!as.isEmpty()) {
            UserPrincipal nobody =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(file, nobody);
        }
    }

    /** The folder of the cluster's files: whoever looks for what must not be stored looks here. */
    public Path files() {
        return folder.resolve("cluster");
    }

    /** Kills the server with SIGKILL, its sessions with it, and waits until all are gone. */
    public void kill() throws IOException {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> sessions = running.descendants().toList();
            running.destroyForcibly();
            sessions.forEach(ProcessHandle::destroyForcibly);
            await(running);
            for (ProcessHandle session : sessions) {
                session.onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
            }
            process = null;
        }
    }

    /** Stops the server and its sessions in their tracks (SIGSTOP): connections stay, and nothing is answered. */
    public void freeze() throws IOException {
        signal("-STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() throws IOException {
        signal("-CONT");
    }

    private Process requireRunning() throws IOException {
        Process running = process;
        if (running == null) {
            throw new IOException("the server does not run");
        }
        return running;
    }

    private void signal(String signal) throws IOException {
        Process running = requireRunning();
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(running.pid())));
        running.descendants().forEach(session -> command.add(Long.toString(session.pid())));
        run(command);
    }

    /**
     * Lets no file of the server grow beyond so many bytes, as on a disk without room; logs of writes ahead are smaller than two MiB and go
     * on.
     */
    public void limitFiles(long bytes) throws IOException {
        limit(Long.toString(bytes));
    }

    /** Ends {@link #limitFiles}. */
    public void unlimitFiles() throws IOException {
        limit("unlimited");
    }

    private void limit(String bytes) throws IOException {
        Process running = requireRunning();
        List<Long> pids = new ArrayList<>(List.of(running.pid()));
        running.descendants().forEach(session -> pids.add(session.pid()));
        for (long pid : pids) {
            // The soft limit alone, which can be raised again; sessions to come inherit it.
            List<String> command = new ArrayList<>(as);
            command.addAll(List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":"));
            if (run(command) != 0) {
                throw new IOException("prlimit failed: " + Files.readString(log));
            }
        }
    }

    /** Starts the server again on the same files and port; returns when it takes connections. */
    public void restart() throws IOException {
        List<String> command = command("postgres");
        command.addAll(
                List.of("-D", files().toString(), "-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1"));
        command.addAll(
                List.of("-c", "unix_socket_directories=", "-c", "shared_buffers=64MB", "-c", "max_wal_size=512MB"));
        // The machine does not crash under a test, only the server: what it has written stays with the system.
        command.addAll(List.of("-c", "fsync=off"));
        if (secured) {
            command.addAll(List.of("-c", "ssl=on"));
        }
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!takesConnections()) {
            if (!process.isAlive() || System.nanoTime() - until > 0) {
                throw new IOException("PostgreSQL did not start: " + Files.readString(log));
            }
            pause();
        }
    }

    private boolean takesConnections() throws IOException {
        List<String> command = command("pg_ctl");
        command.addAll(List.of("status", "-D", files().toString()));
        if (run(command) != 0) {
            return false;
        }
        Path status = files().resolve("postmaster.pid");
        if (!Files.exists(status)
                || Files.readAllLines(status).stream()
                        .noneMatch(line -> line.strip().equals("ready"))) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void init() throws IOException {
        Files.createDirectory(files());
        Path secret = folder.resolve("password");
        Files.writeString(secret, PASSWORD);
        own(files());
        Files.getFileAttributeView(files(), PosixFileAttributeView.class)
                .setPermissions(PosixFilePermissions.fromString("rwx------"));
        List<String> command = command("initdb");
        command.addAll(List.of("-D", files().toString(), "-U", USER, "--auth=scram-sha-256", "--pwfile=" + secret));
        command.addAll(List.of("--encoding=UTF8", "--no-locale", "--no-sync", "--wal-segsize=1"));
        if (run(command) != 0) {
            throw new IOException("initdb failed: " + Files.readString(log));
        }
    }

    private int run(List<String> command) throws IOException {
        return await(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    private List<String> command(String program) {
        List<String> command = new ArrayList<>(as);
        command.add(folder.resolve("programs/bin").resolve(program).toString());
        return command;
    }

    /** What starts a program as another user, in the same process; nothing where this is not root. */
    private static List<String> otherUser() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        for (String folder : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            Path setpriv = Path.of(folder, "setpriv");
            if (Files.isExecutable(setpriv)) {
                return List.of(
                        setpriv.toString(),
                        "--reuid=" + idOfNobody(2),
                        "--regid=" + idOfNobody(3),
                        "--clear-groups",
                        "--");
            }
        }
        throw new IOException(
                "PostgreSQL does not run as root, and there is no setpriv (util-linux) to run it as nobody");
    }

    private static int idOfNobody(int field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":", -1);
            if (fields.length > field && fields[0].equals("nobody")) {
                return Integer.parseInt(fields[field]);
            }
        }
        throw new IOException("there is no user nobody in /etc/passwd");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int await(Process process) throws IOException {
        try {
            if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(process.info().command().orElse("the process") + " did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends the server and removes all its files. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        destroy();
    }

    private void destroy() {
        try {
            kill();
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "PostgresServer[" + url() + "]";
    }
}
