package dev.anteroom.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway that was started here through the shell, with all its children. Used by one thread; ends with {@link #close()}. */
final class StartedGateway implements AutoCloseable {
    private static final long STOP_SECONDS = 15;

    private final Process process;

    private StartedGateway(Process process) {
        this.process = process;
    }

    static StartedGateway start(String command, ScriptedProvider provider) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ANTEROOM_LOAD_PROVIDER", provider.baseUrl().toString());
        return new StartedGateway(builder.start());
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        boolean ended = false;
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            ended = false;
        }
        if (!ended) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
