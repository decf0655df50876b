package dev.anteroom.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom load provider}: the scripted provider in the foreground. Confined to one thread. */
@Command(
        name = "provider",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Answers chat completions on 127.0.0.1 until it is interrupted; prints one line on stdout when it is ready.",
            "Without --reply-bytes it echoes the last user message."
        })
final class ProviderCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--port", required = true, paramLabel = "N", description = "port to listen on; 0 takes a free one")
    private int port;

    @Option(names = "--reply-bytes", paramLabel = "N", description = "answer with a fixed text of this size")
    private @Nullable Integer replyBytes;

    @Option(
            names = "--delay-ms",
            defaultValue = "0",
            paramLabel = "N",
            description = "wait before the answer (default ${DEFAULT-VALUE})")
    private long delayMs;

    @Option(
            names = "--chunk-delay-ms",
            defaultValue = "0",
            paramLabel = "N",
            description = "wait before every chunk of a stream (default ${DEFAULT-VALUE})")
    private long chunkDelayMs;

    @Option(
            names = "--loops",
            defaultValue = "1",
            paramLabel = "N",
            description = "event loops that answer (default ${DEFAULT-VALUE})")
    private int loops;

    @Override
    public Integer call() throws InterruptedException {
        Script script = replyBytes == null ? Script.echo() : Script.fixed(replyBytes);
        if (delayMs > 0) {
            script = script.after(Duration.ofMillis(delayMs));
        }
        if (chunkDelayMs > 0) {
            script = script.slow(Duration.ofMillis(chunkDelayMs));
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown, "load-provider-stop"));
        try (ScriptedProvider provider = ScriptedProvider.builder()
                .port(port)
                .eventLoops(loops)
                .recording(false)
                .script(script)
                .start()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("ready " + provider.baseUrl());
            out.flush();
            interrupted.await();
        }
        return 0;
    }
}
